import { describe, expect, it } from "vitest";
import { bodyOf, type Draft, emptyDraft } from "@/lib/draft";
import { wrongIn } from "@/lib/draft-checks";
import { linkOf } from "@/lib/texts";
import { fromLocalInput } from "@/lib/time";

const NOON = new Date("2026-11-20T12:00:30Z");
const draft = (changes: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(NOON),
  species: "dog",
  title: "Brown dog",
  place: { latitude: 50, longitude: 20 },
  ...changes,
});
const wrong = (changes: Partial<Draft>) =>
  wrongIn(draft(changes), undefined, NOON.getTime()).map(({ field }) => field);

describe("lengths", () => {
  it("are counted in characters as people see them", () => {
    expect(wrong({ text: "🐕".repeat(4_000) })).toEqual([]);
    expect(wrong({ text: "🐕".repeat(4_001) })).toEqual(["text"]);
    expect(wrong({ title: "ł".repeat(121) })).toEqual(["title"]);
    expect(wrong({ secretMark: "x".repeat(501), name: "x".repeat(101) })).toEqual([
      "contact.name",
      "secret_mark",
    ]);
  });
});

describe("what people paste", () => {
  it("loses what nobody sees and keeps every script", () => {
    const body = bodyOf(
      "lost",
      draft({ text: "a\u0000b\ud83d\u2028 <script>alert(1)</script> \u202eabc\u202c" }),
    );
    expect(body.text).toBe("ab <script>alert(1)</script> \u202eabc\u202c");
  });

  it("becomes one line where one is asked for", () => {
    expect(bodyOf("lost", draft({ title: "Brown\n dog\t" })).title).toBe("Brown dog");
  });

  it("is a phone number whatever its dashes", () => {
    const { contact } = bodyOf("lost", draft({ phone: "+48 600–100–200\u202c" }));
    expect(contact?.phone).toBe("+48 600-100-200");
    expect(wrong({ phone: "call me" })).toEqual(["contact.phone"]);
  });
});

describe("a link", () => {
  it("needs no scheme, and is written as the API takes it", () => {
    expect(linkOf(" example.org/pies ")).toBe("https://example.org/pies");
    expect(linkOf("http://żółw.pl/ł")).toBe("http://xn--w-uga1v8h.pl/%C5%82");
  });

  it.each(["javascript:alert(1)", "mailto:a@b.pl", "word", "http://", "ftp://a.pl"])(
    "is none: %s",
    (text) => {
      expect(linkOf(text)).toBeNull();
      expect(wrong({ link: text })).toEqual(["link"]);
    },
  );
});

it("refuses the future and what is too long ago", () => {
  expect(wrong({ when: "2026-11-22T12:00" })).toEqual(["event_at"]);
  expect(wrong({ when: "0026-11-22T12:00" })).toEqual(["event_at"]);
  expect(wrong({ when: "2024-11-21T12:00" })).toEqual([]);
  expect(wrong({ when: "2024-11-18T12:00" })).toEqual(["event_at"]);
});

it("leaves an announcement the moment that it has", () => {
  const old = draft({ when: "2019-05-01T12:00" });
  expect(wrongIn(old, fromLocalInput(old.when) ?? "", NOON.getTime())).toEqual([]);
  expect(wrongIn({ ...old, when: "2019-04-30T12:00" }, "2019-05-01T10:00:00Z", NOON.getTime())).toHaveLength(
    1,
  );
});
