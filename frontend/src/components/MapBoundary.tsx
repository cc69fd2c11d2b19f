import { Component, type ReactNode } from "react";
import { MAP_WORDS } from "@/components/map-words";

/** Without its map the page still has its list and its forms. */
export class MapBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? (
      <p className="map-frame__note">{MAP_WORDS.map.failed}</p>
    ) : (
      this.props.children
    );
  }
}
