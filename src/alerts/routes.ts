// HTTP of alerts: contract to command or reading, one line each.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { seal } from '#identity/keep-sealed.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeAlerts } from './change-alerts.ts';
import * as contract from './contract.ts';
import * as channels from './contract-channels.ts';
import { putChannel } from './put-channel.ts';
import { readAlertSetting, readChannels } from './read-alerts.ts';

export const routes: readonly Route[] = [
  route(contract.readAlerts, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readAlertSetting(tx, context)),
  ),
  route(contract.changeAlerts, ({ door, context, body, commandId, rehearse }) =>
    carryOut(door, context, changeAlerts, body, { commandId, rehearse }),
  ),
  route(channels.listAlertChannels, ({ door, context }) =>
    readSnapshot(door, context, (tx) => readChannels(tx, context)),
  ),
  route(channels.putAlertChannel, async ({ door, context, body, commandId, rehearse, secret }) => {
    const { url, signingKey, ...rest } = body;
    const sealed = async (text: string): Promise<string> =>
      Buffer.from(seal(await secret(), 'alert channel', context.tenantId, Buffer.from(text))).toString(
        'base64',
      );
    const input = {
      ...rest,
      ...(url ? { url: { sealed: await sealed(url), host: new URL(url).hostname } } : {}),
      ...(signingKey === undefined ? {} : { sealedKey: signingKey && (await sealed(signingKey)) }),
    };
    return carryOut(door, context, putChannel, input, { commandId, rehearse });
  }),
];
