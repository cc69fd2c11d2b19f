import { Link } from "react-router";
import { WORDS } from "@/app/words";
import { COMMON } from "@/lib/words";

export function NotFound() {
  return (
    <div className="page">
      <title>{`${WORDS.notFound} · ${COMMON.appName}`}</title>
      <h1>{WORDS.notFound}</h1>
      <p className="lead">{WORDS.notFoundText}</p>
      <Link className="button button--primary" to="/">
        {COMMON.toMap}
      </Link>
    </div>
  );
}
