// HTTP of signing: contract to command or reading.

import { carryOut } from '#command/command.ts';
import { type Route, route } from '#http/route.ts';
import { seal } from '#identity/keep-sealed.ts';
import { readSnapshot } from '#parties/read-snapshot.ts';
import { changeSigning, keepSigningCertificate, removeSigningCertificate } from './change-certificate.ts';
import * as contract from './contract.ts';
import { openPkcs12 } from './open-pkcs12.ts';
import { readSigning } from './read-certificates.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const routes: readonly Route[] = [
  route(contract.listSigning, ({ door, context, secret }) =>
    readSnapshot(door, context, (tx) => readSigning(tx, context, secret)),
  ),

  route(
    contract.keepSigningCertificate,
    async ({ door, context, params, body, commandId, rehearse, secret }) => {
      const { file, password, signsInvoices } = body;
      const opened = await openPkcs12(Buffer.from(file, 'base64'), password, context.now);
      const input = {
        ...params,
        signsInvoices,
        certificate: base64(opened.certificate),
        chain: base64(Buffer.concat(opened.chain)),
        sealedKey: base64(seal(await secret(), 'signing key', context.tenantId, opened.key)),
      };
      return carryOut(door, context, keepSigningCertificate, input, { commandId, rehearse });
    },
  ),

  route(contract.changeSigning, ({ door, context, params, body, commandId, rehearse }) =>
    carryOut(door, context, changeSigning, { ...params, ...body }, { commandId, rehearse }),
  ),

  route(contract.removeSigningCertificate, ({ door, context, params, commandId, rehearse }) =>
    carryOut(door, context, removeSigningCertificate, params, { commandId, rehearse }),
  ),
];
