import type { ReactNode } from "react";
import { Icon } from "@/components/Icon";
import { useArrivalFocus } from "@/lib/use-arrival-focus";

interface NoticeProps {
  tone?: "calm" | "problem" | "good";
  isNews?: boolean; // it comes in the place of what was pressed
  children: ReactNode;
}

/** A short message in the page's flow, read out when it appears. */
export function Notice({ tone = "calm", isNews = false, children }: NoticeProps) {
  const arrived = useArrivalFocus<HTMLDivElement>(isNews);
  return (
    <div
      ref={arrived}
      tabIndex={isNews ? -1 : undefined}
      className={`notice notice--${tone}`}
      role={tone === "problem" ? "alert" : "status"}
    >
      {tone === "calm" ? null : <Icon name={tone === "problem" ? "warning" : "check"} />}
      <div>{children}</div>
    </div>
  );
}
