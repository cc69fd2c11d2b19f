const busy = new Map<string, Promise<unknown>>();

/** Do something that no other tab, and nothing else in this one, may be doing: wait for it, then do it.
 *
 * Locks are missing where the page is not on https, and refused where the browser keeps nothing; there only this tab waits,
 * and the idempotency key still keeps a report from being sent twice.
 */
export async function alone<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  if (!("locks" in navigator)) return inTurn(name, work);
  let isBegun = false;
  const begin = () => {
    isBegun = true;
    return work();
  };
  try {
    return await navigator.locks.request(`homeward ${name}`, begin);
  } catch (error) {
    if (isBegun) throw error;
    return inTurn(name, work);
  }
}

function inTurn<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const before = busy.get(name) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(work);
  busy.set(name, mine);
  return mine;
}
