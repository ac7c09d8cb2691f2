/**
 * The camera that looks for a QR code.
 *
 * The rule this module protects: *no picture leaves this module*: frames are looked at and forgotten, and
 * the camera is switched off when the sheet goes, however it goes.
 */
import { useEffect, useRef, useState } from 'preact/hooks'
import { words } from '../words/words'

const EVERY_MS = 180

type Reader = (video: HTMLVideoElement) => Promise<string | null>

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>
}
type DetectorMaker = {
  new (options: { formats: string[] }): Detector
  getSupportedFormats(): Promise<string[]>
}

async function nativeReader(): Promise<Reader | null> {
  const maker = (globalThis as { BarcodeDetector?: DetectorMaker }).BarcodeDetector
  if (!maker) return null
  const formats = await maker.getSupportedFormats().catch((): string[] => [])
  if (!formats.includes('qr_code')) return null
  const detector = new maker({ formats: ['qr_code'] })
  return async (video) => (await detector.detect(video))[0]?.rawValue ?? null
}

async function ownReader(): Promise<Reader> {
  const { default: jsQR } = await import('jsqr')
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  return async (video) => {
    if (!context || video.videoWidth === 0) return null
    const scale = Math.min(1, 640 / video.videoWidth)
    canvas.width = video.videoWidth * scale
    canvas.height = video.videoHeight * scale
    context.drawImage(video, 0, 0, canvas.width, canvas.height)
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
    return jsQR(data, width, height)?.data ?? null
  }
}

export function Camera(props: { onText: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [trouble, setTrouble] = useState<'refused' | 'none' | null>(null)
  const w = words.value.welcome
  useEffect(() => {
    let stream: MediaStream | null = null
    let timer = 0
    let gone = false
    const start = async () => {
      const back = { video: { facingMode: 'environment' }, audio: false }
      stream = await navigator.mediaDevices.getUserMedia(back)
      const read = (await nativeReader()) ?? (await ownReader())
      if (gone || !video.current) return stream.getTracks().forEach((track) => track.stop())
      video.current.srcObject = stream
      await video.current.play()
      const look = async () => {
        const text = video.current ? await read(video.current).catch(() => null) : null
        if (gone) return
        if (text) props.onText(text)
        timer = window.setTimeout(look, EVERY_MS)
      }
      await look()
    }
    start().catch((error: unknown) => {
      if (gone) return
      setTrouble(error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'none')
    })
    return () => {
      gone = true
      clearTimeout(timer)
      stream?.getTracks().forEach((track) => track.stop())
    }
  }, [])
  if (trouble)
    return (
      <p class="error" role="alert">
        {trouble === 'refused' ? w.scanRefused : w.scanNone}
      </p>
    )
  return (
    <div class="stack">
      <video class="camera" ref={video} muted playsInline aria-label={w.scanLead} />
      <p class="soft">{w.scanLead}</p>
    </div>
  )
}
