// Whether statements are signed, in one line: by whom and until when, or that they are not.

import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { listSigning } from '#signing/contract.ts';
import { useRead } from '../../lib/data.ts';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { type SigningRow, STATE_COLOURS, trouble, untilWords } from './signing-words.ts';

const LINK = <TenantLink to="settings?tab=signing">Settings → Signing</TenantLink>;

/** What there is to say about the signatures of each company. */
export function SignedNote() {
  const read = useRead(listSigning);
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  if (rows.every(({ certificate }) => certificate === null))
    return (
      <Text size="sm" c="dimmed">
        Statements go out unsigned: there is no certificate. See {LINK}.
      </Text>
    );
  return rows.map((row) => <OfCompany key={row.companyId} row={row} isOnly={rows.length === 1} />);
}

function OfCompany({ row, isOnly }: { readonly row: SigningRow; readonly isOnly: boolean }) {
  const { certificate, companyName } = row;
  const whose = isOnly ? '' : `${companyName}: `;
  const warning = certificate ? trouble(certificate) : undefined;
  if (certificate && warning)
    return (
      <Alert
        color={STATE_COLOURS[certificate.state]}
        icon={<IconAlertTriangle size={18} aria-hidden />}
        role="status"
      >
        {whose}
        {warning} See {LINK}.
      </Alert>
    );
  return (
    <Text size="sm" c="dimmed">
      {whose}
      {certificate
        ? `signed as ${certificate.name}, until ${untilWords(certificate)}.`
        : 'not signed, there is no certificate.'}
    </Text>
  );
}
