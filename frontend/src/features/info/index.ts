export { AboutPage, PrivacyPage, SafetyPage } from "@/features/info/pages";
