/*
 * better-sqlite3 keeps references to strings, which Node-API has allowed since version 10. Below that a reference holds
 * objects only, so a string is put into a tagged object of its own. Included before every file of the addon when it
 * is compiled for an older Node; the experimental Node-API has such references too, but ends the process in the
 * addon's finalizers on some runtimes (Node 20.18, which is in Electron 33).
 */
#ifndef RUSHES_REFERENCE_SHIM_H
#define RUSHES_REFERENCE_SHIM_H

#include <node_api.h>

static const napi_type_tag rushes_box_tag = {0x5275736865734269ULL, 0x6e64696e67426f78ULL};

static inline bool rushes_is_object(napi_env env, napi_value value) {
  napi_valuetype type;
  return napi_typeof(env, value, &type) == napi_ok && (type == napi_object || type == napi_function);
}

static inline napi_status rushes_create_reference(napi_env env, napi_value value, uint32_t count, napi_ref* result) {
  if (rushes_is_object(env, value)) return napi_create_reference(env, value, count, result);
  napi_value box;
  napi_status status = napi_create_object(env, &box);
  if (status == napi_ok) status = napi_type_tag_object(env, box, &rushes_box_tag);
  if (status == napi_ok) status = napi_set_element(env, box, 0, value);
  return status == napi_ok ? napi_create_reference(env, box, count, result) : status;
}

static inline napi_status rushes_get_reference_value(napi_env env, napi_ref reference, napi_value* result) {
  napi_status status = napi_get_reference_value(env, reference, result);
  if (status != napi_ok || *result == nullptr) return status;
  bool is_box = false;
  status = napi_check_object_type_tag(env, *result, &rushes_box_tag, &is_box);
  return status == napi_ok && is_box ? napi_get_element(env, *result, 0, result) : status;
}

#define napi_create_reference rushes_create_reference
#define napi_get_reference_value rushes_get_reference_value

#endif
