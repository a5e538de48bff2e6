// With which certificate each company signs what it sends: whose it is, until when, and giving another one.

import { Alert, Badge, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { changeSigning, listSigning, removeSigningCertificate } from '#signing/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { Facts } from '../../ui/Facts.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { CertificateDialog } from './CertificateDialog.tsx';
import {
  type Certificate,
  type SigningRow,
  STATE_COLOURS,
  STATE_WORDS,
  trouble,
  untilWords,
} from './signing-words.ts';

export function Signing() {
  const read = useRead(listSigning);
  return (
    <Stack maw={760}>
      <Text size="sm" c="dimmed">
        Statements sent or saved as PDF are signed (PAdES), so that whoever gets one sees who made it and that
        nothing was changed since. Letters on paper are not.
      </Text>
      <Shown read={read}>
        {({ rows, may }) => rows.map((row) => <OfCompany key={row.companyId} row={row} may={may.manage} />)}
      </Shown>
    </Stack>
  );
}

function OfCompany({ row, may }: { readonly row: SigningRow; readonly may: true | string }) {
  const { companyId, companyName, certificate } = row;
  const [isGiving, setGiving] = useState(false);
  return (
    <Panel
      title={companyName}
      actions={
        certificate ? (
          <Badge variant="light" color={STATE_COLOURS[certificate.state]} style={{ flexShrink: 0 }}>
            {STATE_WORDS[certificate.state]}
          </Badge>
        ) : undefined
      }
    >
      <Stack gap="sm">
        {certificate ? (
          <Kept companyId={companyId} certificate={certificate} may={may} />
        ) : (
          <Text size="sm">No certificate: what this company sends is not signed.</Text>
        )}
        {may === true ? (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={() => setGiving(true)}>
              {certificate ? 'Another certificate' : 'Give a certificate'}
            </Button>
            {certificate ? <Removal companyId={companyId} companyName={companyName} /> : null}
          </Group>
        ) : null}
        {isGiving ? (
          <CertificateDialog
            companyId={companyId}
            companyName={companyName}
            signsInvoices={certificate?.signsInvoices === true}
            onClose={() => setGiving(false)}
          />
        ) : null}
      </Stack>
    </Panel>
  );
}

type KeptProps = {
  readonly companyId: string;
  readonly certificate: Certificate;
  readonly may: true | string;
};

function Kept({ companyId, certificate, may }: KeptProps) {
  const change = useCommand(changeSigning);
  const warning = trouble(certificate);
  return (
    <>
      {warning ? (
        <Alert
          color={STATE_COLOURS[certificate.state]}
          icon={<IconAlertTriangle size={18} aria-hidden />}
          role="status"
        >
          {warning}
        </Alert>
      ) : null}
      <Facts
        facts={[
          ['Name', certificate.name],
          ['Issued by', certificate.issuerName],
          ['Valid until', untilWords(certificate)],
          ['Number', certificate.serialNumber],
          ['Given', momentWords(certificate.keptAt)],
        ]}
      />
      {change.error ? <Trouble problem={change.error} /> : null}
      <Switch
        label="Sign invoices and credit notes sent by mail too"
        checked={certificate.signsInvoices}
        disabled={may !== true || change.isPending}
        onChange={(event) =>
          change.mutate({ params: { companyId }, body: { signsInvoices: event.currentTarget.checked } })
        }
      />
    </>
  );
}

function Removal({ companyId, companyName }: { readonly companyId: string; readonly companyName: string }) {
  const remove = useCommand(removeSigningCertificate);
  return (
    <ConfirmButton
      label="Sign no more"
      spoken={`Sign no more for ${companyName}`}
      title="Sign no more?"
      says="What was signed stays so. The key is let go: to sign again, the certificate is given again."
      confirmLabel="Sign no more"
      act={() => remove.mutateAsync({ params: { companyId } })}
    />
  );
}
