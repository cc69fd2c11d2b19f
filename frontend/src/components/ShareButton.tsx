import { useState } from "react";
import { Icon } from "@/components/Icon";
import { WORDS } from "@/components/words";
import { copyText } from "@/lib/clipboard";

const words = WORDS.share;

interface ShareButtonProps {
  title: string;
  text?: string; // what is said with the link
  url: string;
  className?: string;
}

/** The device's own way to pass something on; where there is none, or it fails, the link for the clipboard. */
export function ShareButton({ title, text, url, className = "button" }: ShareButtonProps) {
  const [copied, setCopied] = useState<boolean>();
  const canShare = typeof navigator.share === "function";
  const copy = async () => setCopied(await copyText(text ? `${text} ${url}` : url));
  const share = async () => {
    if (!canShare) return copy();
    try {
      await navigator.share({ title, text, url });
    } catch (error) {
      const changedTheirMind = error instanceof DOMException && error.name === "AbortError";
      if (!changedTheirMind) await copy();
    }
  };
  return (
    <>
      <button type="button" className={className} onClick={() => void share()}>
        <Icon name={copied ? "check" : canShare ? "share" : "copy"} />
        {canShare ? words.share : words.copy}
      </button>
      <p className="share-said" role="status">
        {copied === undefined ? null : copied ? words.copied : words.notCopied(url)}
      </p>
    </>
  );
}
