import { TextPage } from "@/features/info/TextPage";
import { WORDS } from "@/features/info/words";

export const AboutPage = () => <TextPage {...WORDS.about} />;
export const SafetyPage = () => <TextPage {...WORDS.safety} />;
export const PrivacyPage = () => <TextPage {...WORDS.privacy} />;
