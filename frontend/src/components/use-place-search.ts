import { useRef, useState } from "react";
import type { FoundPlace } from "@/lib/gazetteer";

/** "idle" until something is typed that can be looked for. */
type State = "idle" | "loading" | "found" | "failed";

const loadGazetteer = () => import("@/lib/gazetteer");

/** Look for places while a name is being typed; what is typed last is what is found in the end. */
export function usePlaceSearch() {
  const [places, setPlaces] = useState<readonly FoundPlace[]>([]);
  const [state, setState] = useState<State>("idle");
  const latest = useRef(0);

  const search = async (text: string) => {
    const current = ++latest.current;
    const tell = (next: State, found: readonly FoundPlace[]) => {
      if (current !== latest.current) return;
      setState(next);
      setPlaces(found);
    };
    if (text.trim().length < 2) return tell("idle", []);
    setState((before) => (before === "found" ? before : "loading")); // a list that is there stays until the next
    try {
      const { findPlaces } = await loadGazetteer();
      tell("found", await findPlaces(text));
    } catch {
      tell("failed", []);
    }
  };
  return { places, state, search };
}

/** Load what every search needs as soon as somebody seems to want one. */
export async function preloadGazetteer(): Promise<void> {
  await loadGazetteer().then(
    ({ preloadGazetteer }) => preloadGazetteer(),
    () => undefined, // it is said when something is looked for
  );
}
