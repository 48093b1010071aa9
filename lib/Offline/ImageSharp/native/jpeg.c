/* JPEG by libjpeg-turbo: the slow-but-exact integer DCT and fancy upsampling, which are its defaults. */
#include "images.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

#define MAX_SCANS 500

typedef struct {
    struct jpeg_error_mgr base;
    jmp_buf escape;
    char *message;
    int code;
} error_manager;

static void on_error(j_common_ptr info) {
    error_manager *errors = (error_manager *)info->err;
    char text[JMSG_LENGTH_MAX];
    (*info->err->format_message)(info, text);
    snprintf(errors->message, MESSAGE_SIZE, "%s", text);
    errors->code = info->err->msg_code == JERR_OUT_OF_MEMORY ? IMAGES_NO_MEMORY : IMAGES_BAD_CONTENT;
    longjmp(errors->escape, 1);
}

static void on_message(j_common_ptr info, int level) {
    if (level < 0) {
        info->err->num_warnings++;
    }
}

static void on_output(j_common_ptr info) { (void)info; }

/* A small file can ask for thousands of passes over a large picture. */
static void on_progress(j_common_ptr info) {
    if (info->is_decompressor && ((j_decompress_ptr)info)->input_scan_number > MAX_SCANS) {
        error_manager *errors = (error_manager *)info->err;
        snprintf(errors->message, MESSAGE_SIZE, "The picture has more than %d scans", MAX_SCANS);
        errors->code = IMAGES_BAD_CONTENT;
        longjmp(errors->escape, 1);
    }
}

static void use(error_manager *errors, char *message) {
    jpeg_std_error(&errors->base);
    errors->base.error_exit = on_error;
    errors->base.emit_message = on_message;
    errors->base.output_message = on_output;
    errors->message = message;
    errors->code = IMAGES_OK;
    message[0] = 0;
}

/* The luminance table of the standard's annex K, which most encoders scale. */
static const unsigned char luminance[DCTSIZE2] = {
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99};

static long sum_at_quality(int quality) {
    long scale = jpeg_quality_scaling(quality), sum = 0;
    for (int i = 0; i < DCTSIZE2; i++) {
        long value = (luminance[i] * scale + 50) / 100;
        sum += value < 1 ? 1 : value > 255 ? 255 : value;
    }
    return sum;
}

/* The lowest quality at which the scaled table is as fine as the file's; 0 if the file has none. */
static int estimated_quality(j_decompress_ptr info) {
    const JQUANT_TBL *table = info->quant_tbl_ptrs[0];
    if (table == NULL) {
        return 0;
    }
    long sum = 0;
    for (int i = 0; i < DCTSIZE2; i++) {
        sum += table->quantval[i];
    }
    int low = 1, high = 100;
    while (low < high) {
        int middle = (low + high) / 2;
        if (sum_at_quality(middle) <= sum) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static void describe(j_decompress_ptr info, image_header *header) {
    header->width = (int32_t)info->image_width;
    header->height = (int32_t)info->image_height;
    header->file_channels = info->num_components;
    header->channels = info->jpeg_color_space == JCS_GRAYSCALE ? 1 : info->num_components == 4 ? 4 : 3;
    header->bits = 8;
    header->file_bits = info->data_precision;
    header->progressive = info->progressive_mode;
    header->density_unit = info->saw_JFIF_marker ? info->density_unit : -1;
    header->density_x = info->X_density;
    header->density_y = info->Y_density;
    header->quality = estimated_quality(info);
}

int images_jpeg_header(const uint8_t *data, size_t size, image_header *header, char *message) {
    struct jpeg_decompress_struct info;
    error_manager errors;
    memset(&info, 0, sizeof info);
    info.err = &errors.base;
    use(&errors, message);
    if (setjmp(errors.escape)) {
        jpeg_destroy_decompress(&info);
        return errors.code;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, data, size);
    jpeg_read_header(&info, TRUE);
    describe(&info, header);
    header->warnings = (int32_t)errors.base.num_warnings;
    jpeg_destroy_decompress(&info);
    return IMAGES_OK;
}

int images_jpeg_decode(const uint8_t *data, size_t size, size_t memory_limit, uint8_t *pixels, size_t stride, image_header *header, char *message) {
    struct jpeg_decompress_struct info;
    struct jpeg_progress_mgr progress;
    error_manager errors;
    memset(&info, 0, sizeof info);
    memset(&progress, 0, sizeof progress);
    info.err = &errors.base;
    use(&errors, message);
    if (setjmp(errors.escape)) {
        header->warnings = (int32_t)errors.base.num_warnings;
        jpeg_destroy_decompress(&info);
        return errors.code;
    }
    jpeg_create_decompress(&info);
    info.mem->max_memory_to_use = (long)memory_limit;
    progress.progress_monitor = on_progress;
    info.progress = &progress;
    jpeg_mem_src(&info, data, size);
    jpeg_read_header(&info, TRUE);

    image_header found;
    memset(&found, 0, sizeof found);
    describe(&info, &found);
    if (found.width != header->width || found.height != header->height || found.channels != header->channels ||
        stride < (size_t)found.width * (size_t)found.channels) {
        snprintf(message, MESSAGE_SIZE, "The buffer was made for another picture");
        jpeg_destroy_decompress(&info);
        return IMAGES_BAD_CALL;
    }
    info.out_color_space = found.channels == 1 ? JCS_GRAYSCALE : found.channels == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_start_decompress(&info);
    while (info.output_scanline < info.output_height) {
        JSAMPROW rows[8];
        unsigned count = info.output_height - info.output_scanline;
        count = count > 8 ? 8 : count;
        for (unsigned i = 0; i < count; i++) {
            rows[i] = pixels + (size_t)(info.output_scanline + i) * stride;
        }
        jpeg_read_scanlines(&info, rows, count);
    }
    header->warnings = (int32_t)errors.base.num_warnings;
    jpeg_destroy_decompress(&info);
    return IMAGES_OK;
}

int images_jpeg_encode(const uint8_t *pixels, int32_t width, int32_t height, int32_t channels, int32_t quality, int32_t horizontal, int32_t vertical,
                       int32_t density_unit, int32_t density_x, int32_t density_y, image_bytes *out, char *message) {
    struct jpeg_compress_struct info;
    error_manager errors;
    unsigned char *buffer = NULL;
    unsigned long length = 0;
    memset(&info, 0, sizeof info);
    info.err = &errors.base;
    use(&errors, message);
    if (setjmp(errors.escape)) {
        jpeg_destroy_compress(&info);
        free(buffer);
        return errors.code;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &buffer, &length);
    info.image_width = (JDIMENSION)width;
    info.image_height = (JDIMENSION)height;
    info.input_components = channels;
    info.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    info.density_unit = (UINT8)density_unit;
    info.X_density = (UINT16)density_x;
    info.Y_density = (UINT16)density_y;
    if (channels == 3) {
        info.comp_info[0].h_samp_factor = horizontal;
        info.comp_info[0].v_samp_factor = vertical;
    }
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = (JSAMPROW)(pixels + (size_t)info.next_scanline * (size_t)width * (size_t)channels);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    out->data = buffer;
    out->size = length;
    return IMAGES_OK;
}

void images_free(uint8_t *data) { free(data); }
