/* What the C# side calls. Every function returns 0 or an error code and, on an error, a sentence in `message` (MESSAGE_SIZE bytes).
   Nothing here keeps state between calls; each call may run on its own thread. */
#ifndef COVIDNOTEBOOKS_IMAGES_H
#define COVIDNOTEBOOKS_IMAGES_H

#include <stddef.h>
#include <stdint.h>

#define EXPORT __attribute__((visibility("default")))
#define MESSAGE_SIZE 256

enum { IMAGES_OK = 0, IMAGES_BAD_CONTENT = 1, IMAGES_NO_MEMORY = 2, IMAGES_BAD_CALL = 3 };

typedef struct {
    int32_t width, height;
    int32_t channels;      /* of the decoded pixels: 1 gray, 2 gray and alpha, 3 RGB, 4 RGB and alpha (PNG) or CMYK (JPEG) */
    int32_t bits;          /* of a decoded channel: 8 or 16 */
    int32_t file_channels; /* as the file has it; PNG: the colour type */
    int32_t file_bits;
    int32_t progressive;   /* JPEG: progressive; PNG: interlaced */
    int32_t density_unit;  /* JPEG: 0 aspect ratio, 1 per inch, 2 per cm; PNG: 0 aspect ratio, 1 per metre, -1 none */
    int32_t density_x, density_y;
    int32_t quality;       /* JPEG: estimated from the luminance table, 0 if there is none */
    int32_t warnings;      /* of the decoder, in the last call */
} image_header;

typedef struct {
    uint8_t *data;
    size_t size;
} image_bytes;

EXPORT int images_jpeg_header(const uint8_t *data, size_t size, image_header *header, char *message);
EXPORT int images_jpeg_decode(const uint8_t *data, size_t size, size_t memory_limit, uint8_t *pixels, size_t stride, image_header *header, char *message);
EXPORT int images_jpeg_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int32_t quality, int32_t horizontal, int32_t vertical,
                              int32_t density_unit, int32_t density_x, int32_t density_y, image_bytes *out, char *message);
EXPORT int images_png_header(const uint8_t *data, size_t size, image_header *header, char *message);
EXPORT int images_png_decode(const uint8_t *data, size_t size, size_t memory_limit, uint8_t *pixels, size_t stride, image_header *header, char *message);
EXPORT int images_png_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int32_t bits, int32_t level, int32_t interlaced,
                             int32_t density_x, int32_t density_y, image_bytes *out, char *message);
EXPORT void images_free(uint8_t *data);

#endif
