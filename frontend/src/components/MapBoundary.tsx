import { Component, type ReactNode } from "react";
import { MAP_WORDS } from "@/components/map-words";

interface MapBoundaryProps {
  children: ReactNode;
  /** What to show when its code cannot be loaded; a sentence if nothing is said. */
  otherwise?: ReactNode;
}

/** Without its map the page still has its list and its forms. */
export class MapBoundary extends Component<MapBoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    const { children, otherwise = <p className="map-frame__note">{MAP_WORDS.map.failed}</p> } = this.props;
    return this.state.failed ? otherwise : children;
  }
}
