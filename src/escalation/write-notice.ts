// Where the content of mails to agencies comes from: the claim as it is in the moment of sending. Delivery asks for these;
// it knows nothing of agencies.

import type { Tx } from '#db/transaction.ts';
import { type MessageSource, NO_WAY, type Reading, type Written } from '#delivery/begin-sending.ts';
import type { Message } from '#delivery/message.ts';
import { readSuppressed } from '#delivery/read-reach.ts';
import { present } from '#kernel/assert.ts';
import { money } from '#kernel/money.ts';
import type { Company } from '#parties/company.ts';
import { takeCompany, takeCustomer } from '#parties/take-party.ts';
import { formatMoney } from '#printing/print-format.ts';
import { escapeHtml, mailPage } from '#wording/mail-layout.ts';
import { type AgencyFacts, type AgencyLanguage, agencyLanguage, agencyMail } from './agency-words.ts';
import { findAgencies, findAgencyVersions, findHandOvers } from './store.ts';
import { findNotice, findNoticeItems } from './store-notices.ts';

/** A mail to an agency as it is said. */
export type NoticeContent = {
  readonly facts: AgencyFacts;
  readonly company: Company;
  readonly recipientName: string;
  readonly language: AgencyLanguage;
};

async function read(tx: Tx, message: Message): Promise<Reading<NoticeContent>> {
  const notice = present(
    await findNotice(tx, present(message.documentId, 'a mail to an agency names its notice')),
    'a notice is never deleted',
  );
  const [row] = await findHandOvers(tx, { id: notice.hand_over_id }, { limit: 1 });
  const handOver = present(row, 'a hand-over is never deleted');
  const [version] = await findAgencyVersions(tx, [
    present(handOver.agency_version_id, 'it names the agency'),
  ]);
  const [[agency], company, customer, items] = await Promise.all([
    findAgencies(tx, present(version, 'a version is never deleted').agency_id),
    takeCompany(tx, message.companyId),
    takeCustomer(tx, message.customerId),
    findNoticeItems(tx, notice.id),
  ]);
  const { email, name, client_number: clientNumber } = present(agency, 'an agency is never deleted');
  const recipient = email ?? undefined;
  const stopped = recipient === undefined ? new Set() : await readSuppressed(tx, [recipient], 'agency');
  const language = agencyLanguage(message.language);
  return {
    recipient,
    language,
    content: {
      company,
      recipientName: name,
      language,
      facts: {
        kind: notice.kind,
        number: String(handOver.number),
        clientNumber,
        debtor: [customer.name, customer.number].join(', '),
        reason: notice.reason,
        items: items.map(({ reference, openMinor }) => ({
          reference,
          open: formatMoney(money(openMinor, handOver.currency), language),
        })),
        companyName: company.name,
      },
    },
    silent: recipient === undefined || stopped.size > 0 ? NO_WAY : undefined,
  };
}

/** The source of mails by which agencies are told what became of a claim. */
export const noticeSource: MessageSource<NoticeContent> = {
  purpose: 'agency',
  read,
  async write({ facts, company, recipientName, language }): Promise<Written> {
    const { subject, paragraphs } = agencyMail(facts, language);
    const footerLines = [company.street, company.city].filter((line): line is string => !!line);
    const html = paragraphs.map((words) => `<p>${escapeHtml(words).replaceAll('\n', '<br>')}</p>`).join('\n');
    return {
      sender: { name: company.name, address: company.email },
      recipientName,
      subject,
      text: `${paragraphs.join('\n\n')}\n`,
      html: mailPage(html, { language, title: subject, companyName: company.name, footerLines }),
      attachments: [],
    };
  },
  save() {},
};
