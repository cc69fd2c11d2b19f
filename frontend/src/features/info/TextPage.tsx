import "@/features/info/info.css";
import { Link } from "react-router";
import { COMMON } from "@/lib/words";

interface Part {
  heading: string;
  points: readonly string[];
}

interface TextPageProps {
  title: string;
  lead: string;
  parts: readonly Part[];
}

/** A page of plain text. */
export function TextPage({ title, lead, parts }: TextPageProps) {
  return (
    <article className="page info">
      <title>{`${title} · ${COMMON.appName}`}</title>
      <h1>{title}</h1>
      <p className="lead">{lead}</p>
      {parts.map(({ heading, points }) => (
        <section key={heading}>
          <h2>{heading}</h2>
          <ul>
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </section>
      ))}
      <Link className="button button--primary" to="/">
        {COMMON.toMap}
      </Link>
    </article>
  );
}
