import { useMemo } from "react";
import { qrPath } from "@/features/poster/qr-path";

/** An address as a code that a phone's camera reads; without a label it is a picture beside others that say it. */
export function QrCode({ text, label }: { text: string; label?: string }) {
  const { path, side } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <path d={`M0 0h${side}v${side}H0z`} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
