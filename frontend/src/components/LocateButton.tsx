import { useState } from "react";
import { Icon } from "@/components/Icon";
import { MAP_WORDS } from "@/components/map-words";
import type { LatLon } from "@/lib/map-view";

const PATIENCE = 10_000; // milliseconds for a first fix

type State = "idle" | "searching" | "failed" | "denied" | "late";

/** Why a device does not tell where it is, by the numbers that browsers have for it. */
const FAILURES: Record<number, State> = { 1: "denied", 2: "failed", 3: "late" };

interface LocateButtonProps {
  onFound: (place: LatLon) => void;
}

/** Asks the device where it is, only when pressed. */
export function LocateButton({ onFound }: LocateButtonProps) {
  const [state, setState] = useState<State>("idle");
  const locate = () => {
    if (!("geolocation" in navigator)) return setState("failed");
    setState("searching");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState("idle");
        onFound({ latitude: coords.latitude, longitude: coords.longitude });
      },
      ({ code }) => setState(FAILURES[code] ?? "failed"),
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 },
    );
  };
  return (
    <>
      <button type="button" className="button locate" onClick={locate} disabled={state === "searching"}>
        <Icon name="locate" />
        <span className="locate__text">
          {state === "searching" ? MAP_WORDS.locate.searching : MAP_WORDS.locate.button}
        </span>
      </button>
      {state === "idle" || state === "searching" ? null : (
        <p className="field__error" role="alert">
          {MAP_WORDS.locate[state]}
        </p>
      )}
    </>
  );
}
