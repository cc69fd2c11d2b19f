import { SignIcon } from "@/components/Icon";
import type { Sign } from "@/lib/glyphs";
import { SIGN_NAMES } from "@/lib/words";

/** What happened, by word, sign and colour. */
export function SignBadge({ sign }: { sign: Sign }) {
  return (
    <span className={`badge badge--${sign}`}>
      <SignIcon sign={sign} />
      {SIGN_NAMES[sign]}
    </span>
  );
}
