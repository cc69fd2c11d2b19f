import { Link } from "react-router";
import { LanguageSwitch } from "@/app/LanguageSwitch";
import { SignIcon } from "@/components/Icon";
import { WORDS } from "@/app/words";
import { KINDS } from "@/lib/announcements";
import { COMMON, REPORT_NAMES } from "@/lib/words";

/** The way home, and the three reports within reach on every page. */
export function Header() {
  return (
    <header className="header">
      <Link className="header__brand" to="/" aria-label={WORDS.home}>
        <img src="/favicon.svg" alt="" width={32} height={32} />
        <span>{COMMON.appName}</span>
      </Link>
      <nav className="header__reports" aria-label={WORDS.report}>
        {KINDS.map((kind) => (
          <Link key={kind} className={`report-link report-link--${kind}`} to={`/report?kind=${kind}`}>
            <SignIcon sign={kind} size={18} />
            {REPORT_NAMES[kind]}
          </Link>
        ))}
      </nav>
      <LanguageSwitch />
    </header>
  );
}
