// With what a company signs: a certificate is kept, chosen for invoices too, or taken away.

import { actorText, type Command } from '#command/command.ts';
import { type CompanyId, newId } from '#kernel/id.ts';
import { Refusal } from '#kernel/refusal.ts';
import { takeCompany } from '#parties/take-party.ts';
import { factsOf } from './open-pkcs12.ts';
import { insertCertificate, lockCertificate, updateRemoved, updateSignsInvoices } from './store.ts';

export type KeepCertificate = {
  readonly companyId: CompanyId;
  /** As DER, in base 64; so is the chain, one certificate after the other. */
  readonly certificate: string;
  readonly chain: string;
  /** Sealed, in base 64. */
  readonly sealedKey: string;
  readonly signsInvoices: boolean;
};

/**
 * Signs with a certificate from now on, in place of the one before. It was opened and checked by whoever asks (`openPkcs12`).
 *
 * Refuses: `company_not_found`, `certificate_changed_meanwhile`.
 */
export const keepSigningCertificate: Command<KeepCertificate, { readonly companyId: string }> = {
  name: 'keep-signing-certificate',
  permission: 'company.manage',
  constraints: { signing_certificate_once: 'certificate_changed_meanwhile' },
  async run(act, input) {
    const company = await takeCompany(act, input.companyId);
    const before = await lockCertificate(act, company.id);
    if (before) updateRemoved(act, before.id);
    const certificate = Buffer.from(input.certificate, 'base64');
    const facts = factsOf(certificate);
    const certificateId = newId();
    insertCertificate(act, {
      id: certificateId,
      company_id: company.id,
      certificate,
      chain: Buffer.from(input.chain, 'base64'),
      sealed_key: Buffer.from(input.sealedKey, 'base64'),
      subject: facts.subject,
      issuer: facts.issuer,
      serial_number: facts.serialNumber,
      valid_from: facts.validFrom,
      valid_until: facts.validUntil,
      signs_invoices: input.signsInvoices,
      kept_by: actorText(act.actor),
      kept_at: act.now,
      removed_by: null,
      removed_at: null,
    });
    const { subject, serialNumber } = facts;
    act.record({
      type: 'signing_certificate.kept',
      subjectId: certificateId,
      data: { companyId: company.id, subject, serialNumber, validUntil: facts.validUntil.toString() },
    });
    return { companyId: company.id };
  },
};

/** Signs invoices with the certificate too, or statements alone. Refuses: `certificate_not_found`. */
export const changeSigning: Command<
  { readonly companyId: CompanyId; readonly signsInvoices: boolean },
  { readonly companyId: string }
> = {
  name: 'change-signing',
  permission: 'company.manage',
  async run(act, { companyId, signsInvoices }) {
    const certificate = await lockCertificate(act, companyId);
    if (!certificate) throw new Refusal('certificate_not_found', { companyId });
    updateSignsInvoices(act, certificate.id, signsInvoices);
    act.record({
      type: 'signing_certificate.changed',
      subjectId: certificate.id,
      data: { companyId, signsInvoices },
    });
    return { companyId };
  },
};

/** Signs no more. What was signed stays so; the key is let go. Refuses: `certificate_not_found`. */
export const removeSigningCertificate: Command<
  { readonly companyId: CompanyId },
  { readonly companyId: string }
> = {
  name: 'remove-signing-certificate',
  permission: 'company.manage',
  async run(act, { companyId }) {
    const certificate = await lockCertificate(act, companyId);
    if (!certificate) throw new Refusal('certificate_not_found', { companyId });
    updateRemoved(act, certificate.id);
    act.record({
      type: 'signing_certificate.removed',
      subjectId: certificate.id,
      data: { companyId, subject: certificate.subject },
    });
    return { companyId };
  },
};
