/* PNG by libpng. Palettes, tRNS and depths under 8 bits are expanded; 16-bit channels come in the machine's (little-endian) order. */
#include "images.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

typedef struct {
    const uint8_t *data;
    size_t size, at;
    char *message;
    long warnings;
} source;

typedef struct {
    uint8_t *data;
    size_t size, capacity;
    char *message;
} sink;

static void on_read_error(png_structp png, png_const_charp text) {
    source *from = (source *)png_get_error_ptr(png);
    snprintf(from->message, MESSAGE_SIZE, "%s", text);
    longjmp(png_jmpbuf(png), 1);
}

static void on_read_warning(png_structp png, png_const_charp text) {
    (void)text;
    ((source *)png_get_error_ptr(png))->warnings++;
}

static void on_write_error(png_structp png, png_const_charp text) {
    sink *to = (sink *)png_get_error_ptr(png);
    snprintf(to->message, MESSAGE_SIZE, "%s", text);
    longjmp(png_jmpbuf(png), 1);
}

static void on_write_warning(png_structp png, png_const_charp text) { (void)png; (void)text; }

static void read_bytes(png_structp png, png_bytep to, png_size_t count) {
    source *from = (source *)png_get_io_ptr(png);
    if (count > from->size - from->at) {
        png_error(png, "The file ends before the picture does");
    }
    memcpy(to, from->data + from->at, count);
    from->at += count;
}

static void write_bytes(png_structp png, png_bytep data, png_size_t count) {
    sink *to = (sink *)png_get_io_ptr(png);
    if (count > to->capacity - to->size) {
        size_t capacity = to->capacity * 2 > to->size + count ? to->capacity * 2 : to->size + count;
        uint8_t *grown = realloc(to->data, capacity);
        if (grown == NULL) {
            png_error(png, "Out of memory");
        }
        to->data = grown;
        to->capacity = capacity;
    }
    memcpy(to->data + to->size, data, count);
    to->size += count;
}

static void flush_bytes(png_structp png) { (void)png; }

/* Reads up to the pixels and fills the header. */
static void start(png_structp png, png_infop info, source *from, size_t memory_limit, image_header *header) {
    png_set_read_fn(png, from, read_bytes);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_chunk_cache_max(png, 100);
    png_set_chunk_malloc_max(png, memory_limit == 0 ? 8000000 : memory_limit);
    png_read_info(png, info);
    int color = png_get_color_type(png, info);
    int depth = png_get_bit_depth(png, info);
    header->width = (int32_t)png_get_image_width(png, info);
    header->height = (int32_t)png_get_image_height(png, info);
    header->file_channels = color;
    header->file_bits = depth;
    header->progressive = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
    int alpha = (color & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(png, info, PNG_INFO_tRNS);
    header->channels = ((color & PNG_COLOR_MASK_COLOR) != 0 ? 3 : 1) + (alpha ? 1 : 0);
    header->bits = depth == 16 ? 16 : 8;
    png_uint_32 x = 0, y = 0;
    int unit = 0;
    header->density_unit = -1;
    if (png_get_pHYs(png, info, &x, &y, &unit)) {
        header->density_unit = unit == PNG_RESOLUTION_METER ? 1 : 0;
        header->density_x = (int32_t)x;
        header->density_y = (int32_t)y;
    }
}

int images_png_header(const uint8_t *data, size_t size, image_header *header, char *message) {
    source from = {data, size, 0, message, 0};
    message[0] = 0;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &from, on_read_error, on_read_warning);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        png_destroy_read_struct(&png, NULL, NULL);
        return IMAGES_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, NULL);
        return IMAGES_BAD_CONTENT;
    }
    start(png, info, &from, 0, header);
    header->warnings = (int32_t)from.warnings;
    png_destroy_read_struct(&png, &info, NULL);
    return IMAGES_OK;
}

int images_png_decode(const uint8_t *data, size_t size, size_t memory_limit, uint8_t *pixels, size_t stride, image_header *header, char *message) {
    source from = {data, size, 0, message, 0};
    message[0] = 0;
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &from, on_read_error, on_read_warning);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        png_destroy_read_struct(&png, NULL, NULL);
        return IMAGES_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        header->warnings = (int32_t)from.warnings;
        png_destroy_read_struct(&png, &info, NULL);
        return IMAGES_BAD_CONTENT;
    }
    image_header found;
    memset(&found, 0, sizeof found);
    start(png, info, &from, memory_limit, &found);
    png_set_expand(png);
    png_set_swap(png);
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);
    if (found.width != header->width || found.height != header->height || found.channels != header->channels || found.bits != header->bits ||
        stride < (size_t)found.width * (size_t)(found.channels * found.bits / 8) || png_get_rowbytes(png, info) > stride) {
        snprintf(message, MESSAGE_SIZE, "The buffer was made for another picture");
        png_destroy_read_struct(&png, &info, NULL);
        return IMAGES_BAD_CALL;
    }
    for (int pass = 0; pass < passes; pass++) {
        for (int32_t y = 0; y < found.height; y++) {
            png_read_row(png, pixels + (size_t)y * stride, NULL);
        }
    }
    header->warnings = (int32_t)from.warnings;
    png_destroy_read_struct(&png, &info, NULL);
    return IMAGES_OK;
}

int images_png_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int32_t bits, int32_t level, int32_t interlaced,
                      int32_t density_x, int32_t density_y, image_bytes *out, char *message) {
    static const int colors[] = {0, PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA};
    sink to = {NULL, 0, 0, message};
    message[0] = 0;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &to, on_write_error, on_write_warning);
    png_infop info = png == NULL ? NULL : png_create_info_struct(png);
    if (info == NULL) {
        png_destroy_write_struct(&png, NULL);
        return IMAGES_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(to.data);
        return IMAGES_BAD_CONTENT;
    }
    png_set_write_fn(png, &to, write_bytes, flush_bytes);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(png, info, (png_uint_32)width, (png_uint_32)height, bits, colors[channels], interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (density_x > 0) {
        png_set_pHYs(png, info, (png_uint_32)density_x, (png_uint_32)density_y, PNG_RESOLUTION_METER);
    }
    png_set_compression_level(png, level);
    png_write_info(png, info);
    if (bits == 16) {
        png_set_swap(png);
    }
    int passes = png_set_interlace_handling(png);
    size_t stride = (size_t)width * (size_t)(channels * bits / 8);
    for (int pass = 0; pass < passes; pass++) {
        for (int32_t y = 0; y < height; y++) {
            png_write_row(png, pixels + (size_t)y * stride);
        }
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    out->data = to.data;
    out->size = to.size;
    return IMAGES_OK;
}
