// Taking what channels of chat services are to be told: noted as told in one transaction, before anything is posted, so that
// two workers never tell the same twice. What was not taken over is given back and told by a later run.

import type { Act, Command } from '#command/command.ts';
import { readTenantZone } from '#identity/read-people.ts';
import type { Instant } from '#kernel/calendar.ts';
import { newId } from '#kernel/id.ts';
import type { Alert } from './alert.ts';
import type { PostOutcome } from './channel.ts';
import { deleteAlertNotices, findBreachNews, findTaskNews, insertAlertNotices, lockAlerts } from './store.ts';
import { type ChannelRow, findChannels, insertTry } from './store-channels.ts';
import { breachAlert, findCertificateNews, taskAlert } from './take-alerts.ts';

/** One post to one channel. */
export type TakenForChannel = {
  readonly channelId: string;
  readonly sealedUrl: string;
  readonly sealedKey: string | null;
  readonly alerts: readonly Alert[];
};

/** After a refusal a channel is left alone for so long, unless somebody changed it. */
const REFUSED_MINUTES = 60;

/** What a channel is called among those who were told. */
const readerOf = (channelId: string): string => `channel:${channelId}`;

/** Whether a channel is to be posted to now. */
function isOpen({ in_use, outcome, tried_at, recorded_at }: ChannelRow, now: Instant): boolean {
  if (!in_use) return false;
  if (outcome !== 'refused' || tried_at === null) return true;
  const wasChanged = Temporal.Instant.compare(recorded_at, tried_at) > 0;
  return wasChanged || Temporal.Instant.compare(tried_at.add({ minutes: REFUSED_MINUTES }), now) <= 0;
}

/** Takes what is to be told to channels now: what nobody of theirs was told yet, of the kinds each wants. */
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
    const readers = channels.map(({ channel_id }) => readerOf(channel_id));
    const told = { people: [], above: readers };
    const news = Map.groupBy(
      [
        ...(await findTaskNews(act, told, act.today)).map((one) => [one.userId, taskAlert(one)] as const),
        ...(await findBreachNews(act, told, act.now)).map((one) => [one.userId, breachAlert(one)] as const),
        ...(await findCertificateNews(act, readers, await readTenantZone(act))),
      ],
      ([reader]) => reader,
    );
    const taken: TakenForChannel[] = [];
    for (const row of channels) {
      const reader = readerOf(row.channel_id);
      const fresh = (news.get(reader) ?? []).map(([, alert]) => alert);
      // What is not wanted is noted too, so that wanting it later does not bring what is old.
      insertAlertNotices(act, reader, fresh);
      const alerts = fresh.filter(({ kind }) => row.kinds.some((one) => one === kind));
      if (alerts.length === 0) continue;
      const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
      taken.push({
        channelId: row.channel_id,
        sealedUrl: base64(row.sealed_url),
        sealedKey: row.sealed_key === null ? null : base64(row.sealed_key),
        alerts,
      });
    }
    return { taken };
  },
};

/** Keeps what came of a post; what was not taken over is given back, so that a later run tells it. */
export const settleChannelPost: Command<
  {
    readonly channelId: string;
    readonly alerts: readonly Alert[];
    readonly outcome: PostOutcome;
    readonly words: string;
  },
  { readonly outcome: PostOutcome }
> = {
  name: 'settle-channel-post',
  permission: 'approval.manage',
  async run(act: Act, { channelId, alerts, outcome, words }) {
    insertTry(act, {
      id: newId(),
      channel_id: channelId,
      alerts: alerts.length,
      outcome,
      words,
      recorded_at: act.now,
    });
    if (outcome !== 'sent') deleteAlertNotices(act, readerOf(channelId), alerts);
    return { outcome };
  },
};
