// Naming a channel of a chat service that is told what concerns everybody above.

import { actorText, type Command } from '#command/command.ts';
import { newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { ChannelKind } from './channel.ts';
import { findChannels, insertChannel } from './store-channels.ts';

export type PutChannel = {
  /** The channel that is changed; left out, it is a new one. */
  readonly channelId?: string | undefined;
  readonly name: string;
  /** Where is posted, sealed, as base64, with its host; left out, as before. */
  readonly url?: { readonly sealed: string; readonly host: string } | undefined;
  /** What posts are signed with, sealed, as base64; null: not signed any more; left out, as before. */
  readonly sealedKey?: string | null | undefined;
  readonly kinds: readonly ChannelKind[];
  readonly inUse: boolean;
};

/**
 * Adds a channel, or a version of one. What is so already is told to it with the next run.
 *
 * Refuses: `alert_channel_not_found`, `alert_channel_address_missing` (a new one has an address).
 */
export const putChannel: Command<PutChannel, { readonly channelId: string }> = {
  name: 'put-alert-channel',
  permission: 'company.manage',
  async run(act, { channelId, name, url, sealedKey, kinds, inUse }) {
    const [before] = channelId === undefined ? [] : await findChannels(act, channelId);
    if (channelId !== undefined && !before) throw new Refusal('alert_channel_not_found', { channelId });
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64');
    const place = url ? { sealed: bytes(url.sealed), host: url.host } : undefined;
    const address = place ?? (before && { sealed: before.sealed_url, host: before.host });
    if (!address) throw new Refusal('alert_channel_address_missing');
    const given = sealedKey === null || sealedKey === undefined ? null : bytes(sealedKey);
    const key = sealedKey === undefined ? (before?.sealed_key ?? null) : given;
    const id = channelId ?? newId<'alert_channel'>();
    insertChannel(act, {
      id: newId(),
      channel_id: id,
      name,
      sealed_url: address.sealed,
      host: address.host,
      sealed_key: key,
      kinds: [...new Set(kinds)],
      in_use: inUse,
      stated_by: actorText(act.actor),
      recorded_at: act.now,
    });
    act.record({
      type: 'alert_channel.put',
      subjectId: id,
      data: { name, host: address.host, kinds: [...kinds], inUse, isSigned: key !== null },
    });
    return { channelId: id };
  },
};
