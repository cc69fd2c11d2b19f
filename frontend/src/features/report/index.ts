export { DonePage } from "@/features/report/DonePage";
export { ReportPage } from "@/features/report/ReportPage";
