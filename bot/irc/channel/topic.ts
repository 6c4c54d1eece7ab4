import type { Topic } from '../../chat.ts';
import type { SessionContext } from '../session-context.ts';

export interface TopicTracker {
  /** Undefined until it is known. */
  of(channel: string): Topic | undefined;
}

/** Keeps the topics of our channels, and who set them. */
export function followTopics(
  { client, ourChannel, isMe }: SessionContext,
  onTopic: (channel: string) => void,
): TopicTracker {
  const topics = new Map<string, Topic>();
  const know = (channel: string | undefined, topic: Topic) => {
    const ours = ourChannel(channel);
    if (ours === undefined) return undefined;
    topics.set(ours, topic);
    return ours;
  };

  client.on('topic', ({ channel, topic: text, nick }) => {
    const ours = know(channel, { text, isOurs: isMe(nick ?? '') });
    // Who set it comes in a second line, where it isn't news.
    if (ours !== undefined && nick) onTopic(ours);
  });
  client.on('topicsetby', ({ channel, nick }) => {
    const known = topics.get(ourChannel(channel) ?? '');
    if (known) know(channel, { ...known, isOurs: isMe(nick ?? '') });
  });
  client.on('userlist', ({ channel }) => {
    const ours = ourChannel(channel);
    if (ours === undefined) return;
    // An empty one isn't told.
    if (!topics.has(ours)) know(ours, { text: '', isOurs: false });
    onTopic(ours);
  });
  // Meanwhile it may change; it is told again when we come back.
  client.on('join', ({ channel, nick }) => {
    const ours = ourChannel(channel);
    if (ours !== undefined && isMe(nick ?? '')) topics.delete(ours);
  });

  return { of: (channel) => topics.get(channel) };
}
