import type { ReactNode } from "react";
import { Icon } from "@/components/Icon";

interface NoticeProps {
  tone?: "calm" | "problem" | "good";
  children: ReactNode;
}

/** A short message in the page's flow, read out when it appears. */
export function Notice({ tone = "calm", children }: NoticeProps) {
  return (
    <div className={`notice notice--${tone}`} role={tone === "problem" ? "alert" : "status"}>
      {tone === "calm" ? null : <Icon name={tone === "problem" ? "warning" : "check"} />}
      <div>{children}</div>
    </div>
  );
}
