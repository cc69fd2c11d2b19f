export { MapPage } from "@/features/map/MapPage";
