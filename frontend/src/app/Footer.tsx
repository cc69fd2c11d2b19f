import { Link } from "react-router";
import { WORDS } from "@/app/words";

/** The pages about the service, at the end of every page. */
export function Footer() {
  return (
    <footer className="footer">
      <nav aria-label={WORDS.service}>
        <Link to="/mine">{WORDS.mine}</Link>
        <Link to="/about">{WORDS.about}</Link>
        <Link to="/safety">{WORDS.safety}</Link>
        <Link to="/privacy">{WORDS.privacy}</Link>
      </nav>
    </footer>
  );
}
