// Taking what channels of chat services are to be told: noted as told, and kept as a post, in one transaction, before anything
// is posted, so that two workers at once never tell the same. What was surely not taken over is given back and told by a later
// run; where nobody knows (a worker died, no answer was heard) the same post goes again under the same id.

import type { Act, Command } from '#command/command.ts';
import { readTenantZone } from '#identity/read-people.ts';
import type { Instant } from '#kernel/calendar.ts';
import { jsonText } from '#kernel/canonical.ts';
import { newId } from '#kernel/id.ts';
import type { Alert } from './alert.ts';
import type { PostOutcome } from './channel.ts';
import { deleteAlertNotices, findBreachNews, findTaskNews, insertAlertNotices, lockAlerts } from './store.ts';
import {
  type ChannelRow,
  claimPost,
  endPost,
  findChannels,
  insertPost,
  insertTry,
  isPostOpen,
  lockOpenPosts,
  type PostRow,
} from './store-channels.ts';
import { breachAlert, findCertificateNews, taskAlert } from './take-alerts.ts';

/** One post to one channel. Its id is the same each time it goes, so that whoever gets it twice knows it. */
export type TakenForChannel = {
  readonly postId: string;
  readonly channelId: string;
  readonly sealedUrl: string;
  readonly sealedKey: string | null;
  readonly alerts: readonly Alert[];
};

/** After a refusal a channel is left alone for so long, unless somebody changed it. */
const REFUSED_MINUTES = 60;

/**
 * So long a worker has a post in hand, longer than any service is waited for; then another posts it again. Posts go one after the
 * other, and each is in hand for so long after those before it.
 */
const POST_MINUTES = 2;
/** After so long it is no longer tried to post the same: what is still so then is told anew. */
const DOUBT_HOURS = 24;

/** What a channel is called among those who were told. */
const readerOf = (channelId: string): string => `channel:${channelId}`;

/** Whether a channel is to be posted to now. */
function isOpen({ in_use, outcome, tried_at, recorded_at }: ChannelRow, now: Instant): boolean {
  if (!in_use) return false;
  if (outcome !== 'refused' || tried_at === null) return true;
  const wasChanged = Temporal.Instant.compare(recorded_at, tried_at) > 0;
  return wasChanged || Temporal.Instant.compare(tried_at.add({ minutes: REFUSED_MINUTES }), now) <= 0;
}

const isPast = (moment: Instant, now: Instant): boolean => Temporal.Instant.compare(moment, now) <= 0;

/** What goes to a channel, sealed as it is kept. */
function takenFor(row: ChannelRow, postId: string, alerts: readonly Alert[]): TakenForChannel {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return {
    postId,
    channelId: row.channel_id,
    sealedUrl: base64(row.sealed_url),
    sealedKey: row.sealed_key === null ? null : base64(row.sealed_key),
    alerts,
  };
}

/** Until when a post is in hand before which so many others go. */
const inHandUntil = (now: Instant, before: number): Instant =>
  now.add({ minutes: POST_MINUTES * (before + 1) });

/** A post that is open goes again once nobody has it in hand any more; gives nothing while somebody has. */
function takeAgain(
  act: Act,
  row: ChannelRow,
  { post, before }: { readonly post: PostRow; readonly before: number },
): TakenForChannel | undefined {
  if (!isPast(post.claimed_until, act.now)) return undefined;
  claimPost(act, post.id, inHandUntil(act.now, before));
  return takenFor(row, post.id, post.alerts as unknown as readonly Alert[]);
}

/** Ends posts of which nothing was heard for too long; what they told and is still so is news again. */
function giveUpOldPosts(act: Act, posts: ReadonlyMap<string, PostRow>): ReadonlyMap<string, PostRow> {
  const old = [...posts.values()].filter(({ made_at }) =>
    isPast(made_at.add({ hours: DOUBT_HOURS }), act.now),
  );
  for (const { id, channel_id, alerts } of old) {
    deleteAlertNotices(act, readerOf(channel_id), alerts as unknown as readonly Alert[]);
    endPost(act, id);
  }
  return new Map([...posts].filter(([, post]) => !old.includes(post)));
}

/** What nobody of some channels was told yet, by its reader. */
async function findNews(
  act: Act,
  readers: readonly string[],
): Promise<ReadonlyMap<string, readonly Alert[]>> {
  if (readers.length === 0) return new Map();
  const told = { people: [], above: readers };
  const news = [
    ...(await findTaskNews(act, told, act.today)).map((one) => [one.userId, taskAlert(one)] as const),
    ...(await findBreachNews(act, told, act.now)).map((one) => [one.userId, breachAlert(one)] as const),
    ...(await findCertificateNews(act, readers, await readTenantZone(act))),
  ];
  const byReader = Map.groupBy(news, ([reader]) => reader);
  return new Map([...byReader].map(([reader, of]) => [reader, of.map(([, alert]) => alert)]));
}

/**
 * Takes what is to be told to channels now: a post that was left open, once more; else what nobody of theirs was told yet, of
 * the kinds each wants.
 */
export const takeChannelAlerts: Command<
  Record<string, never>,
  { readonly taken: readonly TakenForChannel[] }
> = {
  name: 'take-channel-alerts',
  permission: 'approval.manage',
  async run(act) {
    await lockAlerts(act);
    const channels = (await findChannels(act)).filter((row) => isOpen(row, act.now));
    if (channels.length === 0) return { taken: [] };
    const open = giveUpOldPosts(act, await lockOpenPosts(act));
    const free = channels.filter(({ channel_id }) => !open.has(channel_id));
    const news = await findNews(
      act,
      free.map(({ channel_id }) => readerOf(channel_id)),
    );
    const taken: TakenForChannel[] = [];
    for (const row of channels) {
      const post = open.get(row.channel_id);
      const again = post && takeAgain(act, row, { post, before: taken.length });
      if (again) taken.push(again);
      if (post) continue;
      const reader = readerOf(row.channel_id);
      const fresh = news.get(reader) ?? [];
      // What is not wanted is noted too, so that wanting it later does not bring what is old.
      insertAlertNotices(act, reader, fresh);
      const alerts = fresh.filter(({ kind }) => row.kinds.some((one) => one === kind));
      if (alerts.length === 0) continue;
      const id = newId<'alert_channel_post'>();
      insertPost(act, {
        id,
        channel_id: row.channel_id,
        alerts: jsonText(alerts.map((alert) => ({ ...alert }))),
        made_at: act.now,
        claimed_until: inHandUntil(act.now, taken.length),
        tries: 1,
        ended_at: null,
      });
      taken.push(takenFor(row, id, alerts));
    }
    return { taken };
  },
};

/**
 * Keeps what came of a post. What was surely not taken over is given back, so that a later run tells it; `inDoubt`: it may have
 * been, and goes again under the same id.
 */
export const settleChannelPost: Command<
  {
    readonly postId: string;
    readonly channelId: string;
    readonly alerts: readonly Alert[];
    readonly outcome: PostOutcome;
    readonly inDoubt: boolean;
    readonly words: string;
  },
  { readonly outcome: PostOutcome }
> = {
  name: 'settle-channel-post',
  permission: 'approval.manage',
  async run(act: Act, { postId, channelId, alerts, outcome, inDoubt, words }) {
    // Whoever was slow may find that another posted it and settled that.
    const isOpen = await isPostOpen(act, postId);
    insertTry(act, {
      id: newId(),
      channel_id: channelId,
      alerts: alerts.length,
      outcome,
      words,
      recorded_at: act.now,
    });
    if (isOpen && !inDoubt) {
      if (outcome !== 'sent') deleteAlertNotices(act, readerOf(channelId), alerts);
      endPost(act, postId);
    }
    return { outcome };
  },
};
