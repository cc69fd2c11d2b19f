export { AnnouncementPage } from "@/features/announcement/AnnouncementPage";
