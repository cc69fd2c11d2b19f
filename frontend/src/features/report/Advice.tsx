import { ADVICE, SOURCES } from "@/features/report/advice-words";
import { WORDS } from "@/features/report/after-words";
import type { Kind, Species } from "@/lib/announcements";

/** What helps now, by what happened and to which animal, from what others have learnt. */
export function Advice({ kind, species }: { kind: Kind; species: Species }) {
  return (
    <section className="card advice">
      <h2>{WORDS.done.advice}</h2>
      <ul>
        {adviceFor(kind, species).map((advice) => (
          <li key={advice}>{advice}</li>
        ))}
      </ul>
      <details>
        <summary>{WORDS.done.sources}</summary>
        <ul>
          {SOURCES[kind].map(({ name, link }) => (
            <li key={name}>
              {link ? (
                <a href={link} rel="noopener" target="_blank">
                  {name}
                </a>
              ) : (
                name
              )}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function adviceFor(kind: Kind, species: Species): readonly string[] {
  if (kind === "sighting") return ADVICE.sighting;
  if (kind === "found") return [...ADVICE.found, ADVICE.scam];
  const own = species === "cat" || species === "dog" ? ADVICE.lost[species] : ADVICE.lost.other;
  return [...own, ...ADVICE.lostAlso, ADVICE.scam];
}
