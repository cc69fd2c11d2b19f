const SLICE = 8; // milliseconds: half a frame, on an old phone a few times as much

/** Do something with each of many, so that a finger is answered in between; returns what stops it. */
export function inSlices<Item>(items: Iterable<Item>, act: (item: Item) => void): () => void {
  const left = items[Symbol.iterator]();
  let next: ReturnType<typeof setTimeout>;
  const slice = () => {
    const end = performance.now() + SLICE;
    for (let item = left.next(); !item.done; item = left.next()) {
      act(item.value);
      if (performance.now() < end) continue;
      next = setTimeout(slice);
      return;
    }
  };
  slice();
  return () => clearTimeout(next);
}
