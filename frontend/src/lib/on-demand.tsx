import { type ComponentType, createElement, lazy, useState } from "react";

/** A page whose code is loaded when it is opened; loaded before, it is there at once and nothing flickers. */
export function onDemand<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | undefined;
  const preload = async () => (loaded = await load());
  const Waiting = lazy(async () => ({ default: await preload() }));

  function OnDemand(props: Props) {
    const [there] = useState(() => loaded); // what was shown first stays, or it would begin anew
    return createElement(there ?? Waiting, props);
  }
  return Object.assign(OnDemand, { preload });
}
