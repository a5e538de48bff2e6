// The operations on certificates that companies sign with.

import { z } from 'zod';
import { idText, may, momentText, operation } from '#http/contract.ts';
import type { CompanyId } from '#kernel/id.ts';
import { CERTIFICATE_FILE_BYTES_MAX, CERTIFICATE_STATES } from './certificate.ts';

const TAG = 'Signing';
/** Four letters of base64 carry three bytes. */
const FILE_BASE64_MAX = Math.ceil(CERTIFICATE_FILE_BYTES_MAX / 3) * 4;

const params = z.object({ companyId: idText.transform((text) => text as CompanyId) });
const reply = z.object({ companyId: z.string() });
const NOT_FOUND = {
  certificate_not_found: [404, 'This company signs with no certificate. Give one first.'],
} as const;

/** With what companies sign. */
export const listSigning = operation({
  id: 'list-signing',
  kind: 'query',
  method: 'GET',
  path: '/api/v1/signing',
  summary:
    'The certificate each company signs its statements with: whose it is, who issued it, until when it is valid, and whether it signs.',
  tag: TAG,
  permission: 'book.read',
  reply: z.object({
    rows: z.array(
      z.object({
        companyId: z.string(),
        companyName: z.string(),
        certificate: z
          .object({
            name: z.string(),
            subject: z.string(),
            issuerName: z.string(),
            issuer: z.string(),
            serialNumber: z.string(),
            validFrom: momentText,
            validUntil: momentText,
            /** `ended` and `key_sealed_elsewhere`: what is sent goes out unsigned. */
            state: z.enum(CERTIFICATE_STATES),
            signsInvoices: z.boolean(),
            keptAt: momentText,
          })
          .nullable(),
      }),
    ),
    may: z.object({ manage: may }),
  }),
});

/** A certificate to sign with. */
export const keepSigningCertificate = operation({
  id: 'keep-signing-certificate',
  kind: 'command',
  method: 'PUT',
  path: '/api/v1/companies/:companyId/signing-certificate',
  summary:
    'Signs statements of a company with a certificate from now on (PAdES baseline B-B). The file is PKCS#12 (.p12, .pfx) in base64, with its password, which is not kept; the key is kept sealed and never given out.',
  tag: TAG,
  permission: 'company.manage',
  params,
  body: z.object({
    file: z.base64().min(1).max(FILE_BASE64_MAX),
    password: z.string().max(500),
    /** Sign invoices and credit notes that are sent by mail too. */
    signsInvoices: z.boolean().default(false),
  }),
  reply,
  refusals: {
    company_not_found: [404, 'There is no such company.'],
    certificate_file_too_large: [400, 'A file with a certificate and its key has at most 64 KB.'],
    certificate_file_not_readable: [
      400,
      'This is no file with a certificate and its key. Export it as PKCS#12 (.p12 or .pfx).',
    ],
    certificate_file_too_slow: [
      400,
      'Opening this file takes longer than 20 seconds. Export it again with fewer rounds for its password.',
    ],
    certificate_password_wrong: [400, 'The password does not open this file.'],
    certificate_missing: [400, 'No certificate is in this file. Export certificate and key together.'],
    certificate_key_missing: [
      400,
      'The key of the certificate is not in this file. Export it with its private key.',
    ],
    certificate_key_not_fit: [
      400,
      'This key cannot sign. Use RSA of 2,048 bits or more, or a curve P-256, P-384 or P-521.',
    ],
    certificate_ended: [400, 'This certificate is not valid any more. Ask its issuer for a new one.'],
    certificate_not_begun: [400, 'This certificate is not valid yet. Give it on the day it begins.'],
    certificate_changed_meanwhile: [
      409,
      'Somebody gave a certificate in the same moment. Look at the one there is.',
    ],
  },
});

/** What is signed. */
export const changeSigning = operation({
  id: 'change-signing',
  kind: 'command',
  method: 'PATCH',
  path: '/api/v1/companies/:companyId/signing-certificate',
  summary: 'Signs invoices and credit notes that are sent by mail too, or statements alone.',
  tag: TAG,
  permission: 'company.manage',
  params,
  body: z.object({ signsInvoices: z.boolean() }),
  reply,
  refusals: NOT_FOUND,
});

/** No certificate. */
export const removeSigningCertificate = operation({
  id: 'remove-signing-certificate',
  kind: 'command',
  method: 'DELETE',
  path: '/api/v1/companies/:companyId/signing-certificate',
  summary: 'Signs no more. What was signed stays so; the key is let go.',
  tag: TAG,
  permission: 'company.manage',
  params,
  reply,
  refusals: NOT_FOUND,
});
