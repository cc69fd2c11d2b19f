import { WORDS } from "@/app/words";
import { type Language, language, LANGUAGES, speak } from "@/lib/language";

const OTHERS = (Object.keys(LANGUAGES) as Language[]).filter((other) => other !== language);

/** The other languages, each by the name that those who speak it know. */
export function LanguageSwitch() {
  return (
    <div className="language-switch" role="group" aria-label={WORDS.language}>
      {OTHERS.map((other) => (
        <button key={other} type="button" className="quiet-button" lang={other} onClick={() => speak(other)}>
          {LANGUAGES[other]}
        </button>
      ))}
    </div>
  );
}
