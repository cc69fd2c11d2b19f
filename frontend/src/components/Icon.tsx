import type { Species } from "@/lib/announcements";
import { SIGN_GLYPHS, type Sign, SPECIES_GLYPHS } from "@/lib/glyphs";

/** Line drawings in a 24 x 24 box. */
const LINES = {
  camera:
    "M4 8h3.500L9 5.500h6L16.5 8H20a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1Zm8 2a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z",
  check: "m5 12.5 4.5 4.500L19 7.5",
  close: "m6 6 12 12M18 6 6 18",
  closer: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.7 11.200L20 20M10.5 8v5M8 10.500h5",
  farther: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.7 11.200L20 20M8 10.500h5",
  copy: "M9 9h10v11H9ZM15 9V4H5v11h4",
  earlier: "M19 12H5m6-6-6 6 6 6",
  eye: "M2 12c1.500-3.500 5.300-6.500 10-6.500s8.500 3 10 6.500c-1.500 3.500-5.300 6.500-10 6.500S3.500 15.500 2 12Zm10-2.800a2.800 2.800 0 1 0 0 5.600 2.800 2.800 0 0 0 0-5.600Z",
  flag: "M5.500 21V4h12l-2.500 4 2.500 4h-12",
  later: "M5 12h14m-6-6 6 6-6 6",
  link: "M14 5h5v5m0-5-8 8M17 14v4a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h4",
  locate:
    "M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0-3v4m0 12v4M2 12h4m12 0h4m-10-1a1 1 0 1 0 0 2 1 1 0 0 0 0-2Z",
  lock: "M6 11h12v9H6Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
  message: "M4 5h16v11H11l-4.500 4v-4H4ZM8 9h8m-8 3h5",
  middle: "M12 4v5m0 6v5M4 12h5m6 0h5",
  place:
    "M12 21.500s7-6.3 7-11.500a7 7 0 0 0-14 0c0 5.2 7 11.5 7 11.500Zm0-14a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5Z",
  print: "M7 8V3.500h10V8M7 17H4V9h16v8h-3M7 14h10v6.500H7Z",
  remove: "M5 7h14M10 7V4h4v3M7 7l.8 13h8.400L17 7m-7 4v5m4-5v5",
  search: "M10.500 4a6.500 6.500 0 1 1 0 13 6.500 6.500 0 0 1 0-13Zm4.700 11.200L20 20",
  share: "M12 15V3.500m0 0L8 7.500m4-4 4 4M6 11H5v9.500h14V11h-1",
  shield:
    "M12 3 4.500 6v5.500c0 4.500 3 8 7.500 9.500 4.500-1.500 7.500-5 7.500-9.500V6Zm-3.500 9 2.500 2.500 4.500-5",
  time: "M12 3.500a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 7.500V12l3 2",
  turn: "M19 12a7 7 0 1 1-2.1-5M17 2.500V7h-4.500",
  warning: "M12 4 2.5 20h19ZM12 10v4.500m0 2.500v.5",
};

interface IconProps {
  name: keyof typeof LINES;
  size?: number;
}

export function Icon({ name, size = 20 }: IconProps) {
  return (
    <svg className="icon icon--line" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={LINES[name]} />
    </svg>
  );
}

function Glyph({ path, size }: { path: string; size: number }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={path} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}

export function SpeciesIcon({ species, size = 24 }: { species: Species; size?: number }) {
  return <Glyph path={SPECIES_GLYPHS[species]} size={size} />;
}

export function SignIcon({ sign, size = 14 }: { sign: Sign; size?: number }) {
  return <Glyph path={SIGN_GLYPHS[sign]} size={size} />;
}
