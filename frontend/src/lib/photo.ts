const SIDES = [1600, 1200, 800]; // pixels: the largest size that is ever shown; smaller where it weighs too much
const QUALITIES = [0.85, 0.7, 0.5, 0.35];
const MOST_BYTES = 1_000_000; // what a slow network carries in a few seconds
const TYPE = "image/jpeg";

/** Make a photo upright, at most 1600 pixels long, 1 MB heavy and free of what the camera wrote into it.
 *
 * What the browser cannot decode (HEIC in most of them) or encode comes back as it is: the server can.
 */
export async function preparePhoto(file: Blob): Promise<Blob> {
  try {
    const photo = await decodedAsBitmap(file).catch(() => decodedInPage(file));
    const prepared = await lightest(photo);
    photo.close();
    return prepared ?? file;
  } catch {
    return file;
  }
}

/** A photo as a canvas can draw it: upright, its size in pixels. */
interface Decoded {
  picture: CanvasImageSource;
  width: number;
  height: number;
  close: () => void;
}

async function decodedAsBitmap(file: Blob): Promise<Decoded> {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = bitmap;
  return { picture: bitmap, width, height, close: () => bitmap.close() };
}

/** Safari before 17.2 and Firefox before 111 refuse to turn a bitmap; an image of the page stands upright in them, too. */
async function decodedInPage(file: Blob): Promise<Decoded> {
  const picture = new Image();
  picture.src = URL.createObjectURL(file);
  const close = () => URL.revokeObjectURL(picture.src);
  try {
    await picture.decode();
  } catch (error) {
    close();
    throw error;
  }
  return { picture, width: picture.naturalWidth, height: picture.naturalHeight, close };
}

/** The size that fits into the longest side, never larger than the original. */
export function fitted(
  width: number,
  height: number,
  longest = SIDES[0] ?? 0,
): { width: number; height: number } {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The best that is light enough; null where the browser answers with another type than was asked for. */
async function lightest(photo: Decoded): Promise<Blob | null> {
  let last: Blob | null = null;
  for (const side of SIDES) {
    const { width, height } = fitted(photo.width, photo.height, side);
    const encode = drawn(photo.picture, width, height);
    for (const quality of QUALITIES) {
      last = await encode(quality);
      if (last.type !== TYPE) return null;
      if (last.size <= MOST_BYTES) return last;
    }
  }
  return last;
}

type Encode = (quality: number) => Promise<Blob>;

function drawn(picture: CanvasImageSource, width: number, height: number): Encode {
  if (typeof OffscreenCanvas === "undefined") return drawnInPage(picture, width, height);
  const canvas = new OffscreenCanvas(width, height);
  draw(canvas.getContext("2d"), picture, width, height);
  return (quality) => canvas.convertToBlob({ type: TYPE, quality });
}

function drawnInPage(picture: CanvasImageSource, width: number, height: number): Encode {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  draw(canvas.getContext("2d"), picture, width, height);
  return (quality) =>
    new Promise((resolve, reject) => {
      const done = (blob: Blob | null) =>
        blob ? resolve(blob) : reject(new Error("It could not be encoded."));
      canvas.toBlob(done, TYPE, quality);
    });
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;

function draw(context: Context, picture: CanvasImageSource, width: number, height: number): void {
  if (!context) throw new Error("This browser gives no canvas.");
  context.fillStyle = "#fff"; // JPEG has no transparency
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
}
