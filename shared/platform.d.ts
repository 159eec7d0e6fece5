// The few globals that every platform Codicil runs on provides (pages, workers, Node),
// declared by hand so that nothing else of those platforms compiles in `shared`.

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}

declare class MessagePort {
  onmessage: (() => void) | null
  postMessage(message: unknown): void
  close(): void
}

declare class MessageChannel {
  readonly port1: MessagePort
  readonly port2: MessagePort
}
