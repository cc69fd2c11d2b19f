import { useState } from "react";
import { ActButton } from "@/components/ActButton";
import { FormErrors } from "@/components/FormErrors";
import { Icon } from "@/components/Icon";
import { Trouble } from "@/components/Trouble";
import { useMessages } from "@/features/manage/use-messages";
import { WORDS } from "@/features/manage/words";
import type { OwnAnnouncement } from "@/lib/announcements";
import { answerLink } from "@/lib/contact-in-text";
import type { Message } from "@/lib/messages";
import { ago, momentOf } from "@/lib/time";
import { useArrivalFocus } from "@/lib/use-arrival-focus";
import { COMMON } from "@/lib/words";

const words = WORDS.messages;

/** What strangers wrote; nobody but the holder of the private link reads it. */
export function Messages({ announcement, token }: { announcement: OwnAnnouncement; token: string }) {
  const { query, read } = useMessages(announcement.id, token);
  const { data, error, refetch } = query;
  const unread = data?.filter(({ read_at }) => !read_at).length ?? 0;
  return (
    <section className="card" aria-labelledby="messages">
      <h2 id="messages">
        {words.title} {unread ? <span className="badge badge--new">{words.unread(unread)}</span> : null}
      </h2>
      {data?.length ? <p className="field__hint">{words.safety}</p> : null}
      {data?.length === 0 ? <p>{words.none}</p> : null}
      {!data && error ? <Trouble error={error} onRetry={() => void refetch()} /> : null}
      {data || error ? null : <p>{COMMON.loading}</p>}
      <ul className="messages">
        {data?.map((message) => (
          <MessageItem
            key={message.id}
            message={message}
            title={announcement.title}
            disabled={read.isPending}
            onRead={() => read.mutate(message.id)}
          />
        ))}
      </ul>
      <FormErrors error={read.error} />
    </section>
  );
}

interface MessageItemProps {
  message: Message;
  title: string;
  disabled: boolean;
  onRead: () => void;
}

function MessageItem({ message, title, disabled, onRead }: MessageItemProps) {
  const { text, sent_at, read_at } = message;
  const [wasNew] = useState(!read_at);
  const markedRead = useArrivalFocus<HTMLParagraphElement>(wasNew && Boolean(read_at));
  return (
    <li className={read_at ? "message" : "message message--new"}>
      <p className="message__when">
        {read_at ? null : <span className="badge badge--new">{words.isNew}</span>}
        <time dateTime={sent_at} title={momentOf(sent_at)}>
          {ago(sent_at)}
        </time>
      </p>
      <p className="message__text" dir="auto">
        {text}
      </p>
      <Answer message={message} title={title} onAnswered={read_at ? undefined : onRead} />
      {read_at ? (
        <p ref={markedRead} tabIndex={-1} className="field__hint">
          {words.wasRead(ago(read_at))}
        </p>
      ) : (
        <ActButton className="button" off={disabled} onClick={onRead}>
          <Icon name="check" />
          {words.read}
        </ActButton>
      )}
    </li>
  );
}

interface AnswerProps {
  message: Message;
  title: string;
  onAnswered?: () => void;
}

/** The way to answer: a link only where it is surely a mail address or a phone number, else the words as they are. */
function Answer({ message: { reply_to: way }, title, onAnswered }: AnswerProps) {
  if (!way) return <p className="field__hint">{words.noReply}</p>;
  const link = answerLink(way, words.subject(title));
  return (
    <p className="message__answer">
      {words.replyTo}{" "}
      {link ? (
        <a href={link} rel="noreferrer" onClick={onAnswered} dir="auto">
          {way}
        </a>
      ) : (
        <bdi>{way}</bdi>
      )}
    </p>
  );
}
