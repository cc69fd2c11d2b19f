import { Link } from "react-router";
import { WORDS } from "@/features/announcement/words";
import { tokenOf } from "@/lib/manage-token";
import type { Problem } from "@/lib/problem";
import { COMMON } from "@/lib/words";

const words = WORDS.gone;

/** A kind page for an announcement that was never here, has expired or was withdrawn. */
export function Gone({ id, problem }: { id: string; problem: Problem }) {
  const { state, announcement_title: title } = problem.members;
  const why = problem.status === 404 ? "missing" : state === "expired" ? "expired" : "withdrawn";
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
      {why === "expired" && tokenOf(id) ? (
        <p>
          <Link to={`/manage/${id}`}>{words.renew}</Link>
        </p>
      ) : null}
      <Link className="button button--primary" to="/">
        {words.wayOn}
      </Link>
    </div>
  );
}
