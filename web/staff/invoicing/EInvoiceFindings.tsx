// What the rules of the e-invoice a customer wants say of an invoice while it is written: each finding leads to where it is mended.

import { Anchor, List, Text } from '@mantine/core';
import type { checkEInvoice } from '#invoicing/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { Panel } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Checked = Reply<typeof checkEInvoice>;
type Finding = Checked['findings'][number];

type FindingsProps = {
  readonly checked: Checked;
  readonly customerId: string;
  /** Leads to a field of the form, where the form has such fields. */
  readonly onGo?: ((field: string) => void) | undefined;
};

export function EInvoiceFindings({ checked, customerId, onGo }: FindingsProps) {
  if (checked.profile === null) return null;
  const { findings } = checked;
  const fatal = findings.filter(({ severity }) => severity === 'fatal').length;
  return (
    <Panel title="E-invoice">
      <Text size="sm" role="status" className={fatal > 0 ? 'late' : undefined}>
        {fatal > 0
          ? `The customer wants an e-invoice. ${fatal === 1 ? 'One thing is' : `${fatal} things are`} to be mended before it can be issued.`
          : 'It is the e-invoice the customer wants.'}
      </Text>
      {findings.length === 0 ? null : (
        <List size="sm" mt="xs" spacing={6}>
          {findings.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one rule can be broken in several places
            <List.Item key={`${finding.rule} ${index}`}>
              <Place finding={finding} customerId={customerId} onGo={onGo} />{' '}
              <Text span size="xs" c="dimmed">
                {finding.rule}
                {finding.severity === 'fatal' ? '' : ', advice only'}
              </Text>
              <Text size="sm" c="dimmed">
                {finding.hint}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </Panel>
  );
}

function Place({
  finding: { field, message },
  customerId,
  onGo,
}: {
  readonly finding: Finding;
  readonly customerId: string;
  onGo?: ((field: string) => void) | undefined;
}) {
  if (field === null) return <span>{message}</span>;
  const words = `${whoseWords(field)}${message}`;
  if (field === 'customer/networkAddress')
    return <TenantLink to={`customers/${customerId}?tab=delivery`}>{words}</TenantLink>;
  if (field.startsWith('customer/'))
    return <TenantLink to={`customers/${customerId}?tab=contacts`}>{words}</TenantLink>;
  if (field.startsWith('company/')) return <TenantLink to="settings?tab=companies">{words}</TenantLink>;
  if (!onGo) return <span>{words}</span>;
  return (
    <Anchor component="button" type="button" size="sm" ta="start" onClick={() => onGo(field)}>
      {words}
    </Anchor>
  );
}

/** Whose field it is, where it is not of the invoice as a whole. */
function whoseWords(field: string): string {
  const [of = '', no] = field.split('/');
  if (of === 'lines' && no !== undefined) return `Line ${Number(no) + 1}: `;
  return of === 'customer' ? 'Customer: ' : of === 'company' ? 'Our company: ' : '';
}
