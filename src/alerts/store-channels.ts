// SQL of channels of chat services.

import { type Selectable, sql } from 'kysely';
import type { Act } from '#command/command.ts';
import type { NewRow } from '#db/insert.ts';
import type { DB } from '#db/tables.ts';
import type { Tx } from '#db/transaction.ts';
import type { Instant } from '#kernel/calendar.ts';
import type { ChannelKind, PostOutcome } from './channel.ts';

export type ChannelRow = Omit<Selectable<DB['alert_channel']>, 'kinds'> & {
  readonly kinds: readonly ChannelKind[];
  /** What came of posting last; null where nothing was posted yet. */
  readonly outcome: PostOutcome | null;
  readonly words: string | null;
  readonly tried_at: Instant | null;
};

/** The latest version of each channel with what came of the last post, by name; or of one. */
export async function findChannels(tx: Tx, channelId?: string): Promise<readonly ChannelRow[]> {
  const one = channelId === undefined ? sql`` : sql`and channel_id = ${channelId}`;
  return tx.run(
    sql<ChannelRow>`
      select c.*, t.outcome, t.words, t.recorded_at as tried_at from (
        select distinct on (channel_id) * from alert_channel where tenant_id = ${tx.tenantId} ${one}
        order by channel_id, recorded_at desc, id desc) c
      left join lateral (select outcome, words, recorded_at from alert_channel_try t
        where t.tenant_id = c.tenant_id and t.channel_id = c.channel_id order by t.recorded_at desc, t.id desc limit 1) t on true
      order by c.name, c.channel_id`,
    { plan: 'fresh' },
  );
}

/** Adds a version of a channel. */
export function insertChannel(act: Act, row: NewRow<'alert_channel'>): void {
  act.insert('alert_channel', [row]);
}

/** Keeps what came of a post. */
export function insertTry(act: Act, row: NewRow<'alert_channel_try'>): void {
  act.insert('alert_channel_try', [row]);
}

/** A post that is under way, or may have been left by a worker that died. */
export type PostRow = Selectable<DB['alert_channel_post']>;

/** The posts of channels of which it is not known yet whether they were taken over, locked; by channel. */
export async function lockOpenPosts(act: Act): Promise<ReadonlyMap<string, PostRow>> {
  const rows = await act.run(
    sql<PostRow>`select * from alert_channel_post where tenant_id = ${act.tenantId} and ended_at is null for update`,
  );
  return new Map(rows.map((row) => [row.channel_id, row]));
}

/** Makes a post; the second open one of a channel violates `alert_channel_post_open`. */
export function insertPost(act: Act, row: NewRow<'alert_channel_post'>): void {
  act.insert('alert_channel_post', [row]);
}

/** Takes a post in hand again until a moment. */
export function claimPost(act: Act, id: string, until: Instant): void {
  act.write(sql`update alert_channel_post set claimed_until = ${until}, tries = tries + 1
    where tenant_id = ${act.tenantId} and id = ${id} and ended_at is null`);
}

/** Ends a post: it was taken over, or surely was not. One that ended before stays as it is. */
export function endPost(act: Act, id: string): void {
  act.write(sql`update alert_channel_post set ended_at = ${act.now}
    where tenant_id = ${act.tenantId} and id = ${id} and ended_at is null`);
}

/** Whether a post is still open, locked. */
export async function isPostOpen(act: Act, id: string): Promise<boolean> {
  const row = await act.find(sql<{ id: string }>`select id from alert_channel_post
    where tenant_id = ${act.tenantId} and id = ${id} and ended_at is null for update`);
  return row !== undefined;
}
