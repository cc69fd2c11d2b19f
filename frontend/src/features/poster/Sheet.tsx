import { useQuery } from "@tanstack/react-query";
import type { CSSProperties } from "react";
import { SpeciesIcon } from "@/components/Icon";
import { QrCode } from "@/features/poster/QrCode";
import type { OwnLines } from "@/features/poster/own-lines";
import { WORDS } from "@/features/poster/words";
import type { Announcement } from "@/lib/announcements";
import { townNear } from "@/lib/gazetteer";
import { pageLink } from "@/lib/manage-token";
import { momentOf } from "@/lib/time";

const STRIPS = 8; // as many as fit with a code that a phone still reads
const ONE_LINE = 15; // letters
const LARGEST = 21; // millimetres of a letter's height, to be read from across a street
const ROOM = 176; // millimetres of a line
const WIDEST_LETTER = 0.8; // of its height, on average, in bold capitals of wide fonts
const ABOUT = 3; // decimals: about 100 m, as rough as the place itself

/** The A4 page itself, black on white whatever the page around it is like. */
export function Sheet({ announcement, own }: { announcement: Announcement; own: OwnLines }) {
  const { id, kind, species, title, text, event_at, public_place } = announcement;
  const { word, animals } = WORDS.headings[kind];
  const address = pageLink(id);
  const { data: town } = useQuery({
    queryKey: ["town", public_place],
    queryFn: () => townNear(public_place),
    staleTime: Infinity,
    retry: false, // the numbers do as well
  });
  return (
    <article className={`sheet sheet--${kind}`} aria-label={title}>
      <header className="sheet__head">
        <Word word={word} animal={animals[species]} />
      </header>
      <Photo announcement={announcement} />
      <div className="sheet__body">
        <div className="sheet__said">
          <h2 className={`sheet__title sheet__title--${lengthOf(title)}`} dir="auto">
            {title}
          </h2>
          {text ? (
            <p className="sheet__text" dir="auto">
              {text}
            </p>
          ) : null}
          <dl className="sheet__facts">
            <dt>{WORDS.when}</dt>
            <dd>{momentOf(event_at)}</dd>
            <dt>{WORDS.where}</dt>
            <dd dir="auto">{own.place || roughly(announcement, town)}</dd>
          </dl>
          {own.contact ? (
            <p className="sheet__contact" dir="auto">
              {own.contact}
            </p>
          ) : null}
        </div>
        <div className="sheet__code">
          <QrCode text={address} label={WORDS.code} />
          <p>{WORDS.scan[kind]}</p>
        </div>
      </div>
      <p className="sheet__address">{address.replace(/^https?:\/\//, "")}</p>
      <ul className="sheet__strips" aria-hidden="true">
        {Array.from({ length: STRIPS }, (_, index) => (
          <li key={index} className="strip">
            <QrCode text={address} />
            <span className="strip__said">
              <b>
                {word} {animals[species]}
              </b>
              {own.contact ? <span dir="auto">{own.contact}</span> : null}
              <span>
                {new URL(address).host}
                <wbr />
                {new URL(address).pathname}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </article>
  );
}

/** What happened, as large as it goes: in one line, or the animal below it. */
function Word({ word, animal }: { word: string; animal: string }) {
  const whole = `${word} ${animal}`;
  if (whole.length <= ONE_LINE) {
    return (
      <p className="sheet__word" style={sized(whole, LARGEST)}>
        {whole}
      </p>
    );
  }
  return (
    <p className="sheet__word">
      <span style={sized(word, LARGEST)}>{word} </span>
      <span style={sized(animal, LARGEST * 0.6)}>{animal}</span>
    </p>
  );
}

/** Letters as large as their line has room for, whatever font the system has. */
function sized(text: string, largest: number): CSSProperties {
  const size = Math.min(largest, ROOM / (text.length * WIDEST_LETTER));
  return { fontSize: `calc(${size.toFixed(2)} * var(--mm))` };
}

function Photo({ announcement }: { announcement: Announcement }) {
  const cover = announcement.pictures.find(({ state }) => state === "ready");
  const source = cover?.renditions?.["1600"] ?? cover?.renditions?.["640"];
  return (
    <div className="sheet__photo">
      {source && cover ? (
        <img
          src={source}
          alt={WORDS.picture}
          width={cover.width ?? undefined}
          height={cover.height ?? undefined}
        />
      ) : (
        <SpeciesIcon species={announcement.species} size={240} />
      )}
    </div>
  );
}

function roughly({ public_place: { latitude, longitude } }: Announcement, town?: string | null): string {
  const place = `${latitude.toFixed(ABOUT)}, ${longitude.toFixed(ABOUT)}`;
  return town ? WORDS.near(town, place) : WORDS.about(place);
}

/** How large a title may be printed: a long one has to leave room for the photo. */
function lengthOf(title: string): "short" | "middle" | "long" {
  const width = Array.from(title).length;
  return width <= 36 ? "short" : width <= 72 ? "middle" : "long";
}
