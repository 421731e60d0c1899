// The one place that includes Eigen, so that its build settings are the same everywhere.
#pragma once

#include <Eigen/Core>
