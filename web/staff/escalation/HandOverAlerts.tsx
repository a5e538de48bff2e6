// What is with an agency or lawyers, told wherever somebody might wonder why nothing is sent.

import { Alert, Stack, Text } from '@mantine/core';
import { IconGavel } from '@tabler/icons-react';
import { listHandOvers } from '#escalation/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { statusWords } from './escalation-words.ts';

/** Hand-overs that are told one by one; of more, the tab Escalation tells. */
const TOLD_MAX = 5;

type HandOverAlertsProps = {
  readonly customerId: string;
  /** Given, those of other documents are not told. */
  readonly documentId?: string | undefined;
};

export function HandOverAlerts({ customerId, documentId }: HandOverAlertsProps) {
  const query = { customerId, ...(documentId ? { documentId } : {}), limit: TOLD_MAX };
  const rows = useRead(listHandOvers, { query }).data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Stack gap="xs">
      {rows.map((row) => (
        <Alert
          key={row.handOverId}
          color="orange"
          icon={<IconGavel aria-hidden />}
          title={`With ${row.agency?.name ?? 'a court'}: no reminders go out`}
        >
          <Text size="sm">
            <TenantLink to={`hand-overs/${row.handOverId}`}>{`Hand-over ${row.number}`}</TenantLink>
            {` since ${dayWords(row.handedOn)}`}
            {row.status ? `, ${statusWords(row.status)}` : ''}
            {', open of it: '}
            <Money value={row.open} />
          </Text>
        </Alert>
      ))}
    </Stack>
  );
}
