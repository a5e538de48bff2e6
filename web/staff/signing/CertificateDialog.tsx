// Giving a certificate with its key: the file and its password, which opens it once and is not kept.

import { FileInput, PasswordInput, Switch } from '@mantine/core';
import { IconCertificate } from '@tabler/icons-react';
import { useState } from 'react';
import { keepSigningCertificate } from '#signing/contract.ts';
import { useCommand } from '../../lib/data.ts';
import { FormDialog } from '../../ui/FormTools.tsx';

type DialogProps = {
  readonly companyId: string;
  readonly companyName: string;
  readonly signsInvoices: boolean;
  onClose(): void;
};

/** The bytes of a file in base 64. */
async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function CertificateDialog({ companyId, companyName, signsInvoices, onClose }: DialogProps) {
  const keep = useCommand(keepSigningCertificate);
  const [file, setFile] = useState<File | null>(null);
  const [password, setPassword] = useState('');
  const [invoices, setInvoices] = useState(signsInvoices);
  const submit = async (): Promise<void> => {
    if (!file) return;
    const body = { file: await base64Of(file), password, signsInvoices: invoices };
    keep.mutate({ params: { companyId }, body }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={`Sign for ${companyName}`}
      opened
      onClose={onClose}
      onSubmit={() => void submit()}
      submitLabel="Sign with it"
      busy={keep.isPending}
      problem={keep.error}
    >
      <FileInput
        label="Certificate with its key"
        description="A file .p12 or .pfx, as its issuer gave it or as your computer exports it"
        placeholder="Choose a file"
        accept=".p12,.pfx,application/x-pkcs12"
        required
        data-autofocus
        leftSection={<IconCertificate size={16} aria-hidden />}
        value={file}
        onChange={setFile}
      />
      <PasswordInput
        label="Password of the file"
        description="Opens the file once and is not kept. The key is kept sealed and never shown."
        autoComplete="off"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <Switch
        label="Sign invoices and credit notes sent by mail too"
        checked={invoices}
        onChange={(event) => setInvoices(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
