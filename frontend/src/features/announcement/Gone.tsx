import { Link } from "react-router";
import { WORDS } from "@/features/announcement/words";
import { tokenOf } from "@/lib/manage-token";
import type { Problem } from "@/lib/problem";
import { COMMON } from "@/lib/words";

const words = WORDS.gone;

/** A kind page for an announcement that was never here, has expired, is hidden or was withdrawn. */
export function Gone({ id, problem }: { id: string; problem: Problem }) {
  const { announcement_title: title } = problem.members;
  const why = reasonOf(problem);
  const isOwn = tokenOf(id) !== null && (why === "expired" || why === "hidden");
  return (
    <div className="page gone">
      <title>{`${words[why]} · ${COMMON.appName}`}</title>
      <h1>{words[why]}</h1>
      {typeof title === "string" && title ? (
        <p className="gone__title" dir="auto">
          {title}
        </p>
      ) : null}
      <p className="lead">{words[`${why}Text`]}</p>
      {isOwn ? (
        <p className="announcement__yours">
          <Link to={`/manage/${id}`}>{why === "expired" ? words.renew : words.yours}</Link>
        </p>
      ) : null}
      <div className="row">
        <Link className="button button--primary" to="/">
          {words.wayOn}
        </Link>
        <Link className="button" to="/report">
          {words.reportLost}
        </Link>
      </div>
    </div>
  );
}

/** Why it is not shown, by what the API tells: `state` beside the status of the answer. */
function reasonOf({ status, members }: Problem): "missing" | "expired" | "hidden" | "withdrawn" {
  if (status === 404) return "missing";
  const told = [members.state, members.status];
  return told.includes("expired") ? "expired" : told.includes("hidden") ? "hidden" : "withdrawn";
}
