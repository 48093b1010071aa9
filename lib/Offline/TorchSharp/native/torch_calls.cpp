// The native half of the offline TorchSharp. libtorch's dispatcher knows every operator by name and calls it "boxed": arguments and
// results travel on a stack of tagged values, autograd included. torch_call serves them all; what has no operator stands below it.
// Every function that can fail returns null, or the message of the C++ exception, which lives until the thread's next failure.
// A tensor's handle is its TensorImpl with one reference owned by the handle; null is the undefined tensor.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/serialize.h>
#include <torch/version.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#define EXPORT extern "C" __attribute__((visibility("default")))

namespace {

// Keep in step with Kind in Native/Value.cs.
enum class Kind : int32_t { None, Tensor, Int, Double, Bool, Complex, IntList, DoubleList, BoolList, TensorList, OptionalTensorList, String, Device, Generator };

struct Value {
  Kind kind;
  int32_t count;  // elements of a list, bytes of a string, index of a device
  union {
    int64_t integer;
    double real;
    void* pointer;
  };
};

thread_local std::string last_error;

template <class F>
const char* guarded(F&& body) noexcept {
  try {
    body();
    return nullptr;
  } catch (const c10::Error& error) {
    last_error = error.what_without_backtrace();
  } catch (const std::exception& error) {
    last_error = error.what();
  } catch (...) {
    last_error = "libtorch threw something that is not an exception.";
  }
  return last_error.c_str();
}

using TensorPointer = c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>;
using GeneratorPointer = c10::intrusive_ptr<at::GeneratorImpl>;
// c10::optional in libtorch 1.13, std::optional later.
using OptionalTensor = decltype(std::declval<c10::IValue>().toOptional<at::Tensor>());

at::Tensor borrow(void* handle) {
  return handle ? at::Tensor(TensorPointer::reclaim_copy(static_cast<at::TensorImpl*>(handle))) : at::Tensor();
}

void* release(at::Tensor tensor) {
  return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

at::Generator borrow_generator(void* handle) {
  return at::Generator(GeneratorPointer::reclaim_copy(static_cast<at::GeneratorImpl*>(handle)));
}

std::vector<at::Tensor> borrow_all(void* const* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(count);
  for (int32_t i = 0; i < count; i++) tensors.push_back(borrow(handles[i]));
  return tensors;
}

at::Device device_of(int32_t type, int32_t index) {
  return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}

c10::IValue boxed(const Value& value) {
  switch (value.kind) {
    case Kind::None: return c10::IValue();
    case Kind::Tensor: return borrow(value.pointer);
    case Kind::Int: return value.integer;
    case Kind::Double: return value.real;
    case Kind::Bool: return value.integer != 0;
    case Kind::Complex: {
      auto parts = static_cast<const double*>(value.pointer);
      return c10::complex<double>(parts[0], parts[1]);
    }
    case Kind::IntList: {
      auto items = static_cast<const int64_t*>(value.pointer);
      return c10::IValue(c10::IntArrayRef(items, value.count));
    }
    case Kind::DoubleList: {
      auto items = static_cast<const double*>(value.pointer);
      return c10::IValue(c10::List<double>(c10::ArrayRef<double>(items, value.count)));
    }
    case Kind::BoolList: {
      auto items = static_cast<const int64_t*>(value.pointer);
      c10::List<bool> list;
      for (int32_t i = 0; i < value.count; i++) list.push_back(items[i] != 0);
      return c10::IValue(std::move(list));
    }
    case Kind::TensorList: {
      c10::List<at::Tensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) list.push_back(borrow(static_cast<void* const*>(value.pointer)[i]));
      return c10::IValue(std::move(list));
    }
    case Kind::OptionalTensorList: {
      c10::List<OptionalTensor> list;
      list.reserve(value.count);
      for (int32_t i = 0; i < value.count; i++) {
        void* handle = static_cast<void* const*>(value.pointer)[i];
        list.push_back(handle ? OptionalTensor(borrow(handle)) : OptionalTensor());
      }
      return c10::IValue(std::move(list));
    }
    case Kind::String: return std::string(static_cast<const char*>(value.pointer), value.count);
    case Kind::Device: return device_of(static_cast<int32_t>(value.integer), value.count);
    case Kind::Generator: return borrow_generator(value.pointer);
  }
  TORCH_CHECK(false, "unknown kind of argument: ", static_cast<int32_t>(value.kind));
}

template <class T>
T* array_of(size_t count) {
  auto array = static_cast<T*>(std::malloc(sizeof(T) * (count ? count : 1)));
  TORCH_CHECK(array, "out of memory");
  return array;
}

// Arrays in results are allocated with malloc and freed by the caller.
Value unboxed(const c10::IValue& value) {
  Value result{Kind::None, 0, {0}};
  if (value.isTensor()) {
    result.kind = Kind::Tensor;
    result.pointer = release(value.toTensor());
  } else if (value.isInt()) {
    result.kind = Kind::Int;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.kind = Kind::Double;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.kind = Kind::Bool;
    result.integer = value.toBool();
  } else if (value.isComplexDouble()) {
    auto parts = array_of<double>(2);
    parts[0] = value.toComplexDouble().real();
    parts[1] = value.toComplexDouble().imag();
    result.kind = Kind::Complex;
    result.pointer = parts;
  } else if (value.isTensorList()) {
    auto tensors = value.toTensorVector();
    auto handles = array_of<void*>(tensors.size());
    for (size_t i = 0; i < tensors.size(); i++) handles[i] = release(tensors[i]);
    result.kind = Kind::TensorList;
    result.count = static_cast<int32_t>(tensors.size());
    result.pointer = handles;
  } else {
    TORCH_CHECK(value.isNone(), "no way to hand back a result of type ", value.tagKind());
  }
  return result;
}

}  // namespace

// The handle of an operator such as ("aten::add", "Tensor"); it lives as long as the process.
EXPORT const char* torch_find(const char* name, const char* overload, void** handle) {
  return guarded([&] {
    auto found = c10::Dispatcher::singleton().findSchema({name, overload});
    TORCH_CHECK(found.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, *overload ? "." : "", overload);
    *handle = new c10::OperatorHandle(*found);
  });
}

// Arguments that are not given at the end take the defaults of the operator's schema. With capacity 0 results are dropped (in-place operators).
EXPORT const char* torch_call(void* handle, const Value* arguments, int32_t count, Value* results, int32_t capacity, int32_t* produced) {
  return guarded([&] {
    auto& op = *static_cast<const c10::OperatorHandle*>(handle);
    auto& expected = op.schema().arguments();
    TORCH_CHECK(static_cast<size_t>(count) <= expected.size(), op.schema().name(), " takes ", expected.size(), " arguments, not ", count);
    torch::jit::Stack stack;
    stack.reserve(expected.size() + 2);
    for (int32_t i = 0; i < count; i++) stack.push_back(boxed(arguments[i]));
    for (size_t i = count; i < expected.size(); i++) {
      TORCH_CHECK(expected[i].default_value().has_value(), op.schema().name(), ": no value for the argument ", expected[i].name());
      stack.push_back(*expected[i].default_value());
    }
    op.callBoxed(&stack);
    *produced = 0;
    if (capacity == 0) return;
    TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), op.schema().name(), " gave ", stack.size(), " results");
    for (auto& value : stack) results[(*produced)++] = unboxed(value);
  });
}

EXPORT void torch_free(void* handle) noexcept {
  if (handle) TensorPointer::reclaim(static_cast<at::TensorImpl*>(handle));
}

EXPORT void* torch_share(void* handle) noexcept { return release(borrow(handle)); }

// Keep in step with Description in Native/TorchCalls.cs.
struct Description {
  int64_t elements, offset;
  int32_t dimensions, dtype, device_type, device_index, element_size;
  uint8_t requires_grad, is_leaf, contiguous, strided;
};

EXPORT const char* torch_describe(void* handle, Description* into) {
  return guarded([&] {
    auto tensor = borrow(handle);
    auto strided = tensor.layout() == at::kStrided;
    *into = {tensor.numel(), strided ? tensor.storage_offset() : 0, static_cast<int32_t>(tensor.dim()), static_cast<int32_t>(tensor.scalar_type()),
             static_cast<int32_t>(tensor.device().type()), tensor.device().index(), static_cast<int32_t>(tensor.element_size()),
             tensor.requires_grad(), tensor.is_leaf(), strided && tensor.is_contiguous(), strided};
  });
}

EXPORT const char* torch_dimensions(void* handle, int64_t* sizes, int64_t* strides) {
  return guarded([&] {
    auto tensor = borrow(handle);
    auto bytes = sizeof(int64_t) * tensor.dim();
    if (sizes) std::memcpy(sizes, tensor.sizes().data(), bytes);
    if (strides) std::memcpy(strides, tensor.strides().data(), bytes);
  });
}

EXPORT const char* torch_data(void* handle, void** data) {
  return guarded([&] { *data = borrow(handle).data_ptr(); });
}

EXPORT const char* torch_from_blob(void* data, const int64_t* sizes, int32_t dimensions, int32_t dtype, void (*freed)(void*), void* owner, void** result) {
  return guarded([&] {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    at::IntArrayRef shape(sizes, dimensions);
    auto deleter = [freed, owner](void*) { if (freed) freed(owner); };
    *result = release(at::from_blob(data, shape, deleter, options));
  });
}

EXPORT const char* torch_set_requires_grad(void* handle, uint8_t value) {
  return guarded([&] { borrow(handle).set_requires_grad(value != 0); });
}

EXPORT const char* torch_retain_grad(void* handle) {
  return guarded([&] { borrow(handle).retain_grad(); });
}

EXPORT const char* torch_get_grad(void* handle, void** grad) {
  return guarded([&] { *grad = release(borrow(handle).grad()); });
}

EXPORT const char* torch_set_grad(void* handle, void* grad) {
  return guarded([&] { borrow(handle).mutable_grad() = borrow(grad); });
}

EXPORT const char* torch_backward(void* const* outputs, int32_t output_count, void* const* gradients, int32_t gradient_count, void* const* inputs,
                                  int32_t input_count, uint8_t retain_graph, uint8_t create_graph) {
  return guarded([&] {
    torch::autograd::backward(borrow_all(outputs, output_count), borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                              borrow_all(inputs, input_count));
  });
}

EXPORT const char* torch_grad(void* const* outputs, int32_t output_count, void* const* gradients, int32_t gradient_count, void* const* inputs,
                              int32_t input_count, uint8_t retain_graph, uint8_t create_graph, uint8_t allow_unused, void** results) {
  return guarded([&] {
    auto found = torch::autograd::grad(borrow_all(outputs, output_count), borrow_all(inputs, input_count), borrow_all(gradients, gradient_count),
                                       retain_graph != 0, create_graph != 0, allow_unused != 0);
    for (size_t i = 0; i < found.size(); i++) results[i] = release(found[i]);
  });
}

EXPORT uint8_t torch_grad_enabled() noexcept { return at::GradMode::is_enabled(); }
EXPORT void torch_set_grad_enabled(uint8_t enabled) noexcept { at::GradMode::set_enabled(enabled != 0); }
EXPORT uint8_t torch_inference_enabled() noexcept { return c10::InferenceMode::is_enabled(); }

// Inference mode is a scope of the thread: leave it on the thread that entered it, last entered first.
EXPORT const char* torch_enter_inference(uint8_t enabled, void** scope) {
  return guarded([&] { *scope = new c10::InferenceMode(enabled != 0); });
}
EXPORT void torch_leave_inference(void* scope) noexcept { delete static_cast<c10::InferenceMode*>(scope); }

EXPORT const char* torch_seed_all(int64_t seed) {
  return guarded([&] { at::manual_seed(static_cast<uint64_t>(seed)); });
}

// The default generator of a device, or a new one (a copy of it, to be seeded).
EXPORT const char* torch_generator(int32_t device_type, int32_t device_index, uint8_t is_default, void** generator) {
  return guarded([&] {
    auto& shared = at::globalContext().defaultGenerator(device_of(device_type, device_index));
    auto mine = is_default ? shared : shared.clone();
    *generator = GeneratorPointer(mine.getIntrusivePtr()).release();
  });
}
EXPORT void torch_free_generator(void* generator) noexcept { GeneratorPointer::reclaim(static_cast<at::GeneratorImpl*>(generator)); }

// what: 0 sets the seed to value, 1 draws a new seed, 2 asks for the current one.
EXPORT const char* torch_generator_seed(void* handle, int32_t what, int64_t* value) {
  return guarded([&] {
    auto generator = borrow_generator(handle);
    std::lock_guard<std::mutex> lock(generator.mutex());
    if (what == 0) generator.set_current_seed(static_cast<uint64_t>(*value));
    else *value = static_cast<int64_t>(what == 1 ? generator.seed() : generator.current_seed());
  });
}

EXPORT const char* torch_generator_state(void* handle, void* state, void** result) {
  return guarded([&] {
    auto generator = borrow_generator(handle);
    std::lock_guard<std::mutex> lock(generator.mutex());
    if (state) generator.set_state(borrow(state));
    else *result = release(generator.get_state());
  });
}

EXPORT int32_t torch_threads(uint8_t interop) noexcept { return interop ? at::get_num_interop_threads() : at::get_num_threads(); }
EXPORT const char* torch_set_threads(int32_t threads, uint8_t interop) {
  return guarded([&] { interop ? at::set_num_interop_threads(threads) : at::set_num_threads(threads); });
}

EXPORT int32_t torch_cuda_devices() noexcept {
  int32_t count = 0;
  guarded([&] { if (at::hasCUDA()) count = c10::impl::getDeviceGuardImpl(at::kCUDA)->deviceCount(); });
  return count;
}
EXPORT uint8_t torch_has_cudnn() noexcept {
  uint8_t found = 0;
  guarded([&] { found = torch_cuda_devices() > 0 && at::detail::getCUDAHooks().hasCuDNN(); });
  return found;
}
EXPORT const char* torch_cuda_synchronize(int32_t index) {
  return guarded([&] { at::detail::getCUDAHooks().deviceSynchronize(static_cast<at::DeviceIndex>(index)); });
}
// which: 0 cuBLAS, 1 cuDNN; value: 0 or 1 to set, -1 to ask.
EXPORT const char* torch_allow_tf32(int32_t which, int32_t value, uint8_t* current) {
  return guarded([&] {
    auto& context = at::globalContext();
    if (value >= 0) which == 0 ? context.setAllowTF32CuBLAS(value != 0) : context.setAllowTF32CuDNN(value != 0);
    *current = which == 0 ? context.allowTF32CuBLAS() : context.allowTF32CuDNN();
  });
}

EXPORT const char* torch_save(void* handle, const char* path) {
  return guarded([&] { torch::save(borrow(handle), std::string(path)); });
}
EXPORT const char* torch_load(const char* path, void** result) {
  return guarded([&] {
    at::Tensor tensor;
    torch::load(tensor, std::string(path));
    *result = release(tensor);
  });
}

EXPORT const char* torch_version() noexcept { return TORCH_VERSION; }
EXPORT const char* torch_result_type(void* left, void* right, int32_t* dtype) {
  return guarded([&] { *dtype = static_cast<int32_t>(at::result_type(borrow(left), borrow(right))); });
}
EXPORT const char* torch_promote(int32_t left, int32_t right, int32_t* dtype) {
  return guarded([&] { *dtype = static_cast<int32_t>(c10::promoteTypes(static_cast<at::ScalarType>(left), static_cast<at::ScalarType>(right))); });
}
