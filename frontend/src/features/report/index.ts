export { DonePage } from "@/features/report/DonePage";
export { MinePage } from "@/features/report/MinePage";
export { OutboxNote } from "@/features/report/OutboxNote";
export { ReportPage } from "@/features/report/ReportPage";
