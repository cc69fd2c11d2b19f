export { ManagePage } from "@/features/manage/ManagePage";
