const LONGEST_SIDE = 1600; // pixels: the largest size that is ever shown
const QUALITY = 0.85;
const TYPE = "image/jpeg";

/** Make a photo upright, at most 1600 pixels long and free of what the camera wrote into it.
 *
 * What the browser cannot decode (HEIC in most of them) comes back as it is: the server can.
 */
export async function preparePhoto(file: File): Promise<Blob> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const prepared = await encode(bitmap);
    bitmap.close();
    return prepared.type === TYPE ? prepared : file;
  } catch {
    return file;
  }
}

/** The size that fits into the longest side, never larger than the original. */
export function fitted(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

async function encode(bitmap: ImageBitmap): Promise<Blob> {
  const { width, height } = fitted(bitmap.width, bitmap.height);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gives no canvas.");
  context.fillStyle = "#fff"; // JPEG has no transparency
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("It could not be encoded."))),
      TYPE,
      QUALITY,
    );
  });
}
