export { PosterPage } from "@/features/poster/PosterPage";
